package io.mcpguard.core.sink.http;

import java.util.List;

class DatadogLogsChaosTest extends HttpChaosContract {

    @Override
    LogService newService() {
        return new LogServices.Datadog(null);
    }

    @Override
    HttpTemplate template() {
        return DatadogLogs.withKey(Secret.of("dd-key"), "orders");
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
