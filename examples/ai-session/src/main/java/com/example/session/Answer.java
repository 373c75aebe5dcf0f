package com.example.session;

import tools.jackson.databind.JsonNode;

/**
 * What a tool answered.
 *
 * @param error whether the tool calls it an error
 * @param content the structured content
 */
record Answer(boolean error, JsonNode content) {

    /** Status of the service, or of the refusal, of a call of {@code execute_endpoint}. */
    int status() {
        return content.path("status").asInt(0);
    }

    /** What the service answered, or the problem document of the refusal. */
    JsonNode body() {
        return content.path("body");
    }

    /** Code of a refusal, empty when the guard refused nothing. */
    String refusal() {
        return error ? body().path("code").asString("") : "";
    }
}
