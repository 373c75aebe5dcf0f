package io.mcpguard.core.sink.http;

import java.util.List;

class SplunkHecChaosTest extends HttpChaosContract {

    @Override
    LogService newService() {
        return new LogServices.Splunk(null, false);
    }

    @Override
    HttpTemplate template() {
        return SplunkHec.withToken(Secret.of("t0ken"));
    }

    @Override
    List<LogService.Trouble> told() {
        return List.of(LogService.Trouble.ANSWERS_AS_ANOTHER);
    }

    @Override
    boolean everythingOnTheNetwork() {
        return false;
    }
}
