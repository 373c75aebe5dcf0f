package io.mcpguard.core.sink.http;

import java.util.List;

class WebhookChaosTest extends HttpChaosContract {

    @Override
    LogService newService() {
        return new LogServices.Hook(null);
    }

    @Override
    HttpTemplate template() {
        return Webhook.withToken(Secret.of("t0ken")).asLines();
    }

    @Override
    List<LogService.Trouble> told() {
        return List.of();
    }
}
