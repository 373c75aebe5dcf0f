package io.mcpguard.conformance;

import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.ResourceFeature;
import java.util.List;

/** A text, a picture, a template and something to watch. */
final class Resources {

    private static final String JSON = "application/json";

    private Resources() {}

    static List<Feature> all() {
        return List.of(
                ResourceFeature.builder(Fixture.PRODUCT, "static-text", "test://static-text", "A text.")
                        .mimeType("text/plain")
                        .answering(call -> ResourceAnswer.of(ResourceContent.text(
                                call.uri(), "text/plain", "This is the content of the static text resource."))),
                ResourceFeature.builder(Fixture.PRODUCT, "static-binary", "test://static-binary", "A picture.")
                        .mimeType("image/png")
                        .answering(call ->
                                ResourceAnswer.of(ResourceContent.binary(call.uri(), "image/png", Samples.PNG))),
                ResourceFeature.builder(Fixture.PRODUCT, "watched", "test://watched-resource", "Something to watch.")
                        .mimeType("text/plain")
                        .answering(call -> ResourceAnswer.of(
                                ResourceContent.text(call.uri(), "text/plain", "Watched resource content"))),
                ResourceFeature.builder(Fixture.PRODUCT, "template", "test://template/{id}/data", "Data by id.")
                        .mimeType(JSON)
                        .answering(Resources::template));
    }

    private static ResourceAnswer template(FeatureCall call) {
        String id = String.valueOf(call.arguments().get("id"));
        if (!id.matches("[A-Za-z0-9]+")) {
            return new ResourceAnswer.Missing();
        }
        return ResourceAnswer.of(ResourceContent.text(
                call.uri(),
                JSON,
                "{\"id\":\"%s\",\"templateTest\":true,\"data\":\"Data for ID: %s\"}".formatted(id, id)));
    }
}
