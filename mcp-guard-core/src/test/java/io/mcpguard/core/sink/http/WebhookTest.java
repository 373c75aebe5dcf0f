package io.mcpguard.core.sink.http;

class WebhookTest extends HttpSinkContract {

    @Override
    LogService newService(TestCertificate with) {
        return new LogServices.Hook(with);
    }

    @Override
    HttpTemplate template() {
        return Webhook.signedWith(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }
}
