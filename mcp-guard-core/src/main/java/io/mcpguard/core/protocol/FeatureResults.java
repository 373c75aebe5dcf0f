package io.mcpguard.core.protocol;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.json.JavaValues;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonOutput;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes what features answer in the shape of a revision. */
final class FeatureResults {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

    private FeatureResults() {}

    static ObjectNode tool(ToolAnswer.Result answer, Revision revision) {
        ObjectNode result = NODES.objectNode();
        ArrayNode content = result.putArray("content");
        answer.content().forEach(one -> content.add(content(one, revision)));
        if (answer.structured().isPresent()) {
            JsonNode value = JavaValues.node(answer.structured().get().value());
            if (content.isEmpty()) {
                content.addObject().put("type", "text").put("text", JsonOutput.text(value));
            }
            if (revision.takesStructured(value)) {
                result.set("structuredContent", value);
            }
        }
        result.put("isError", answer.error());
        return result;
    }

    static ObjectNode prompt(PromptAnswer.Messages answer, Revision revision) {
        ObjectNode result = NODES.objectNode();
        if (!answer.description().isEmpty()) {
            result.put("description", answer.description());
        }
        ArrayNode messages = result.putArray("messages");
        answer.messages()
                .forEach(message -> messages.addObject()
                        .put("role", role(message.role()))
                        .set("content", content(message.content(), revision)));
        return result;
    }

    static ObjectNode resource(ResourceAnswer.Contents answer) {
        ObjectNode result = NODES.objectNode();
        ArrayNode contents = result.putArray("contents");
        answer.contents().forEach(content -> contents.add(contents(content)));
        return result;
    }

    static ObjectNode questions(Map<String, InputRequest> requests) {
        ObjectNode questions = NODES.objectNode();
        requests.forEach((key, request) -> questions.set(key, question(request)));
        return questions;
    }

    private static ObjectNode question(InputRequest request) {
        ObjectNode question = NODES.objectNode();
        if (request instanceof InputRequest.Form form) {
            question.put("method", "elicitation/create")
                    .putObject("params")
                    .put("mode", "form")
                    .put("message", form.message())
                    .set("requestedSchema", schema(form.schema()));
        } else if (request instanceof InputRequest.Visit visit) {
            question.put("method", "elicitation/create")
                    .putObject("params")
                    .put("mode", "url")
                    .put("message", visit.message())
                    .put("url", visit.url());
        } else if (request instanceof InputRequest.Sampling sampling) {
            question.put("method", "sampling/createMessage").set("params", JavaValues.node(sampling.params()));
        } else {
            question.put("method", "roots/list").putObject("params");
        }
        return question;
    }

    private static JsonNode schema(Schema schema) {
        if (JSON.read(schema.json()) instanceof Document document) {
            return document.root();
        }
        throw new IllegalArgumentException("the schema of a form is not JSON");
    }

    private static ObjectNode content(Content content, Revision revision) {
        ObjectNode written = NODES.objectNode();
        if (content instanceof Content.Text text) {
            written.put("type", "text").put("text", text.text());
        } else if (content instanceof Content.Image image) {
            written.put("type", "image").put("data", image.data()).put("mimeType", image.mimeType());
        } else if (content instanceof Content.Audio audio) {
            written.put("type", "audio").put("data", audio.data()).put("mimeType", audio.mimeType());
        } else if (content instanceof Content.Embedded embedded) {
            written.put("type", "resource").set("resource", contents(embedded.resource()));
        } else if (content instanceof Content.Link link) {
            link(link, revision, written);
        }
        content.annotations().ifPresent(annotations -> written.set("annotations", annotations(annotations, revision)));
        return written;
    }

    private static void link(Content.Link link, Revision revision, ObjectNode written) {
        if (!revision.resourceLinks()) {
            written.put("type", "text").put("text", link.name() + ": " + link.uri());
            return;
        }
        written.put("type", "resource_link").put("uri", link.uri()).put("name", link.name());
        if (!link.description().isEmpty()) {
            written.put("description", link.description());
        }
        link.mimeType().ifPresent(type -> written.put("mimeType", type));
    }

    private static ObjectNode annotations(Content.Annotations annotations, Revision revision) {
        ObjectNode written = NODES.objectNode();
        if (!annotations.audience().isEmpty()) {
            ArrayNode audience = written.putArray("audience");
            annotations.audience().stream().sorted().forEach(role -> audience.add(role(role)));
        }
        annotations.priority().ifPresent(priority -> written.put("priority", priority));
        if (revision.resourceLinks()) {
            annotations.lastModified().ifPresent(time -> written.put("lastModified", time));
        }
        return written;
    }

    private static ObjectNode contents(ResourceContent content) {
        ObjectNode written = NODES.objectNode().put("uri", content.uri());
        content.mimeType().ifPresent(type -> written.put("mimeType", type));
        return written.put(content.binary() ? "blob" : "text", content.data());
    }

    private static String role(Content.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
