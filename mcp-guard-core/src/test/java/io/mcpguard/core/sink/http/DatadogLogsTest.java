package io.mcpguard.core.sink.http;

class DatadogLogsTest extends HttpSinkContract {

    @Override
    LogService newService(TestCertificate with) {
        return new LogServices.Datadog(with);
    }

    @Override
    HttpTemplate template() {
        return DatadogLogs.withKey(Secret.of("dd-key"), "orders").tags("env:test");
    }
}
