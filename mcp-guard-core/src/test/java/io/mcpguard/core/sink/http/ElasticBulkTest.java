package io.mcpguard.core.sink.http;

class ElasticBulkTest extends HttpSinkContract {

    @Override
    LogService newService(TestCertificate with) {
        return new LogServices.Elastic(with);
    }

    @Override
    HttpTemplate template() {
        return ElasticBulk.into("audit").apiKey(Secret.of("a2V5"));
    }
}
