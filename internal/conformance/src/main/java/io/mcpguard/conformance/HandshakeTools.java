package io.mcpguard.conformance;

import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Schema;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.FeatureHandler;
import io.mcpguard.feature.ToolFeature;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tools for which a server of 2025-11-25 and earlier sends a request to its client while the call runs. They ask the way a
 * tool asks in 2026-07-28; what becomes of it with an earlier client is the guard's affair.
 */
final class HandshakeTools {

    private static final String KEY = "answer";

    private static final Schema USER = new Schema("""
            {
              "type": "object",
              "properties": {
                "username": {"type": "string", "description": "User's response"},
                "email": {"type": "string", "description": "User's email address"}
              },
              "required": ["username", "email"]
            }
            """);

    private static final Schema DEFAULTS = new Schema("""
            {
              "type": "object",
              "properties": {
                "name": {"type": "string", "default": "John Doe"},
                "age": {"type": "integer", "default": 30},
                "score": {"type": "number", "default": 95.5},
                "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
                "verified": {"type": "boolean", "default": true}
              },
              "required": []
            }
            """);

    private static final Schema ENUMS = new Schema("""
            {
              "type": "object",
              "properties": {
                "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
                "titledSingle": {"type": "string", "oneOf": [
                  {"const": "value1", "title": "First Option"},
                  {"const": "value2", "title": "Second Option"},
                  {"const": "value3", "title": "Third Option"}]},
                "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
                  "enumNames": ["Option One", "Option Two", "Option Three"]},
                "untitledMulti": {"type": "array", "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
                "titledMulti": {"type": "array", "items": {"anyOf": [
                  {"const": "value1", "title": "First Choice"},
                  {"const": "value2", "title": "Second Choice"},
                  {"const": "value3", "title": "Third Choice"}]}}
              },
              "required": []
            }
            """);

    private HandshakeTools() {}

    static List<Feature> all() {
        return List.of(
                withText("test_sampling", "Asks the client's model.", "prompt", HandshakeTools::sampling),
                withText("test_elicitation", "Asks the user.", "message", call -> {
                    String message = String.valueOf(call.arguments().get("message"));
                    return form(call, "User response: ", new InputRequest.Form(message, USER));
                }),
                ContentTools.tool(
                        "test_elicitation_sep1034_defaults",
                        "Asks with defaults.",
                        call -> form(
                                call, "Elicitation completed: ", new InputRequest.Form("Please review", DEFAULTS))),
                ContentTools.tool(
                        "test_elicitation_sep1330_enums",
                        "Asks to choose.",
                        call -> form(call, "Elicitation completed: ", new InputRequest.Form("Please choose", ENUMS))));
    }

    private static Feature withText(
            String name, String description, String argument, FeatureHandler.Direct<ToolAnswer> code) {
        return ToolFeature.builder(Fixture.PRODUCT, name, description)
                .inputSchema(new Schema(
                        "{\"type\":\"object\",\"properties\":{\"%s\":{\"type\":\"string\"}},\"required\":[\"%s\"]}"
                                .formatted(argument, argument)))
                .answering(code);
    }

    private static ToolAnswer sampling(FeatureCall call) {
        String prompt = String.valueOf(call.arguments().get("prompt"));
        return Questions.said(call, KEY)
                .map(said -> ToolAnswer.text("LLM response: " + said))
                .orElseGet(() -> Questions.ask(KEY, Questions.sampling(prompt, 100)));
    }

    private static ToolAnswer form(FeatureCall call, String prefix, InputRequest.Form form) {
        Optional<Map<?, ?>> answer = Questions.object(call.input(KEY));
        return answer.map(given ->
                        ToolAnswer.text(prefix + "action=" + given.get("action") + ", content=" + given.get("content")))
                .orElseGet(() -> Questions.ask(KEY, form));
    }
}
