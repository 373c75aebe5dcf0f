package io.mcpguard.core.sink.http;

import java.time.Duration;
import java.util.List;

class SplunkAcksChaosTest extends HttpChaosContract {

    @Override
    LogService newService() {
        return new LogServices.Splunk(null, true);
    }

    @Override
    HttpTemplate template() {
        return SplunkHec.withToken(Secret.of("t0ken")).acknowledged(Duration.ofMillis(200));
    }

    @Override
    List<LogService.Trouble> told() {
        return List.of(LogService.Trouble.ANSWERS_AS_ANOTHER, LogService.Trouble.LOSES);
    }
}
