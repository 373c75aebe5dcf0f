package io.mcpguard.testkit.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation as {@code endpoint_details} describes it.
 *
 * @param id its id
 * @param method HTTP method
 * @param template path template
 * @param inputs path, query and header parameters
 * @param body the body it takes, or null for none
 */
record Described(
        String id,
        String method,
        String template,
        List<Input> inputs,
        @Nullable Body body) {

    /** Where an input goes, under the name that the tools have for it. */
    enum Place {
        PATH("path_params"),
        QUERY("query_params"),
        HEADER("headers");

        private final String member;

        Place(String member) {
            this.member = member;
        }

        String member() {
            return member;
        }
    }

    /** A parameter and the schema of its values. */
    record Input(
            Place place,
            String name,
            boolean required,
            @Nullable Object schema) {}

    /** The body and the schema of it. */
    record Body(
            boolean required, String contentType, @Nullable Object schema) {}

    static Described of(Tree details) {
        List<Input> inputs = new ArrayList<>();
        for (Place place : Place.values()) {
            for (Tree input : details.at(place.member()).items()) {
                inputs.add(new Input(
                        place,
                        input.at("name").text(),
                        input.at("required").is(true),
                        input.at("schema").value()));
            }
        }
        Tree body = details.at("request_body");
        return new Described(
                details.at("endpoint_id").text(),
                details.at("methods").items().get(0).text(),
                details.at("path").text(),
                List.copyOf(inputs),
                body.value() instanceof Map
                        ? new Body(
                                body.at("required").is(true),
                                body.at("content_type").text(),
                                body.at("schema").value())
                        : null);
    }
}
