package io.mcpguard.conformance;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Schema;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureHandler;
import io.mcpguard.feature.ToolFeature;
import java.util.List;

/** Tools that answer at once: one for each kind of content, and two whose schemas are what matters. */
final class ContentTools {

    private static final Schema JSON_SCHEMA_2020_12 = new Schema("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
              },
              "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
              },
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
              "then": {"required": ["phone"]},
              "else": {"required": ["email"]},
              "additionalProperties": false
            }
            """);

    private static final Schema CUSTOM_HEADERS = new Schema("""
            {
              "type": "object",
              "properties": {
                "region": {"type": "string", "description": "Where to run", "x-mcp-header": "Region"},
                "priority": {"type": "integer", "description": "How soon", "x-mcp-header": "Priority"},
                "verbose": {"type": "boolean", "description": "How much to say", "x-mcp-header": "Verbose"},
                "query": {"type": "string", "description": "Stands in the body only"}
              },
              "required": ["region"]
            }
            """);

    private ContentTools() {}

    static List<Feature> all() {
        return List.of(
                tool(
                        "test_simple_text",
                        "Answers with a text.",
                        call -> ToolAnswer.text("This is a simple text response for testing.")),
                tool(
                        "test_image_content",
                        "Answers with an image.",
                        call -> ToolAnswer.of(Content.image(Samples.PNG, "image/png"))),
                tool(
                        "test_audio_content",
                        "Answers with a sound.",
                        call -> ToolAnswer.of(Content.audio(Samples.WAV, "audio/wav"))),
                tool(
                        "test_embedded_resource",
                        "Answers with a resource.",
                        call -> ToolAnswer.of(Content.embedded(ResourceContent.text(
                                "test://embedded-resource", "text/plain", "This is an embedded resource content.")))),
                tool("test_multiple_content_types", "Answers with a text, an image and a resource.", call -> mixed()),
                tool(
                        "test_error_handling",
                        "Answers with an error of its own.",
                        call -> ToolAnswer.error("This tool intentionally returns an error for testing")),
                ToolFeature.builder(
                                Fixture.PRODUCT, "json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features")
                        .inputSchema(JSON_SCHEMA_2020_12)
                        .answering(call ->
                                ToolAnswer.text("Arguments: " + call.arguments().keySet())),
                ToolFeature.builder(Fixture.PRODUCT, "test_custom_headers", "Has arguments that stand in headers too.")
                        .inputSchema(CUSTOM_HEADERS)
                        .answering(call ->
                                ToolAnswer.text("Region: " + call.arguments().get("region"))));
    }

    /** A tool without arguments. */
    static Feature tool(String name, String description, FeatureHandler.Direct<ToolAnswer> code) {
        return ToolFeature.builder(Fixture.PRODUCT, name, description).answering(code);
    }

    private static ToolAnswer mixed() {
        return ToolAnswer.of(
                Content.text("Multiple content types test:"),
                Content.image(Samples.PNG, "image/png"),
                Content.embedded(ResourceContent.text(
                        "test://mixed-content-resource", "application/json", "{\"test\":\"data\",\"value\":123}")));
    }
}
