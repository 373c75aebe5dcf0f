package io.mcpguard.core.sink.http;

import java.util.List;

class ElasticBulkChaosTest extends HttpChaosContract {

    @Override
    LogService newService() {
        return new LogServices.Elastic(null);
    }

    @Override
    HttpTemplate template() {
        return ElasticBulk.into("audit");
    }

    @Override
    List<LogService.Trouble> told() {
        return List.of(LogService.Trouble.ANSWERS_AS_ANOTHER);
    }

    @Override
    protected Duplicates duplicates() {
        return Duplicates.NEVER;
    }
}
