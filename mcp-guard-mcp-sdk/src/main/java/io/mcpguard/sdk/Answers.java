package io.mcpguard.sdk;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what a handler of the SDK answers into answers of the guard. What is no part of them, such as {@code _meta}, is left out. */
final class Answers {

    private Answers() {}

    static ToolAnswer tool(McpSchema.@Nullable CallToolResult result, SdkJson json) {
        Objects.requireNonNull(result, "the tool answered nothing");
        Optional<ToolAnswer.Structured> structured = Optional.ofNullable(result.structuredContent())
                .map(value -> new ToolAnswer.Structured(json.plain(value)));
        return new ToolAnswer.Result(
                result.content().stream().map(Answers::content).toList(),
                structured,
                Boolean.TRUE.equals(result.isError()));
    }

    static PromptAnswer prompt(McpSchema.@Nullable GetPromptResult result) {
        Objects.requireNonNull(result, "the prompt answered nothing");
        return new PromptAnswer.Messages(
                text(result.description()),
                result.messages().stream()
                        .map(message -> new PromptAnswer.Message(role(message.role()), content(message.content())))
                        .toList());
    }

    static ResourceAnswer resource(McpSchema.@Nullable ReadResourceResult result) {
        Objects.requireNonNull(result, "the resource answered nothing");
        return new ResourceAnswer.Contents(
                result.contents().stream().map(Answers::contents).toList());
    }

    /** Whether a handler says that there is nothing at a URI: the one error of the SDK that is an answer. */
    static boolean isMissing(McpError error) {
        McpSchema.JSONRPCResponse.@Nullable JSONRPCError told = error.getJsonRpcError();
        return told != null && Objects.equals(told.code(), McpSchema.ErrorCodes.RESOURCE_NOT_FOUND);
    }

    static Content content(McpSchema.Content content) {
        if (content instanceof McpSchema.TextContent text) {
            return new Content.Text(text.text(), annotations(text.annotations()));
        }
        if (content instanceof McpSchema.ImageContent image) {
            return new Content.Image(image.data(), image.mimeType(), annotations(image.annotations()));
        }
        if (content instanceof McpSchema.AudioContent audio) {
            return new Content.Audio(audio.data(), audio.mimeType(), annotations(audio.annotations()));
        }
        if (content instanceof McpSchema.EmbeddedResource embedded) {
            return new Content.Embedded(contents(embedded.resource()), annotations(embedded.annotations()));
        }
        if (content instanceof McpSchema.ResourceLink link) {
            return new Content.Link(
                    link.uri(),
                    link.name(),
                    text(link.description()),
                    Optional.ofNullable(link.mimeType()),
                    annotations(link.annotations()));
        }
        throw new IllegalStateException("the handler answered content of a kind that MCP does not have");
    }

    private static ResourceContent contents(McpSchema.ResourceContents contents) {
        Optional<String> mimeType = Optional.ofNullable(contents.mimeType());
        if (contents instanceof McpSchema.TextResourceContents text) {
            return new ResourceContent(text.uri(), mimeType, text.text(), false);
        }
        if (contents instanceof McpSchema.BlobResourceContents blob) {
            return new ResourceContent(blob.uri(), mimeType, blob.blob(), true);
        }
        throw new IllegalStateException("the handler answered a resource of a kind that MCP does not have");
    }

    private static Optional<Content.Annotations> annotations(McpSchema.@Nullable Annotations annotations) {
        if (annotations == null) {
            return Optional.empty();
        }
        List<McpSchema.Role> audience = annotations.audience();
        Set<Content.Role> roles = audience == null
                ? Set.of()
                : audience.stream().map(Answers::role).collect(Collectors.toSet());
        return Optional.of(new Content.Annotations(
                roles, priority(annotations.priority()), Optional.ofNullable(annotations.lastModified())));
    }

    /** A priority outside of its range is a hint that says nothing. */
    private static OptionalDouble priority(@Nullable Double priority) {
        return priority != null && priority >= 0 && priority <= 1
                ? OptionalDouble.of(priority)
                : OptionalDouble.empty();
    }

    private static Content.Role role(McpSchema.Role role) {
        return switch (role) {
            case USER -> Content.Role.USER;
            case ASSISTANT -> Content.Role.ASSISTANT;
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
