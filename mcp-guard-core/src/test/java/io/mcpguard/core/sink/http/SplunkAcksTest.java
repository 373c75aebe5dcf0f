package io.mcpguard.core.sink.http;

import java.time.Duration;

class SplunkAcksTest extends HttpSinkContract {

    @Override
    LogService newService(TestCertificate with) {
        return new LogServices.Splunk(with, true);
    }

    @Override
    HttpTemplate template() {
        return SplunkHec.withToken(Secret.of("t0ken")).acknowledged(Duration.ofSeconds(60));
    }
}
