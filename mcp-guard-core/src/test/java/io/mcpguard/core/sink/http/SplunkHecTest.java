package io.mcpguard.core.sink.http;

class SplunkHecTest extends HttpSinkContract {

    @Override
    LogService newService(TestCertificate with) {
        return new LogServices.Splunk(with, false);
    }

    @Override
    HttpTemplate template() {
        return SplunkHec.withToken(Secret.of("t0ken")).index("audit");
    }
}
