package io.mcpguard.core.protocol;

import io.mcpguard.core.tool.ToolShape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A revision of the protocol that is served, oldest first. */
enum Revision {
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    /** What a request without a version is in (MCP 2025-06-18, Streamable HTTP). */
    static final Revision ASSUMED = V2025_03_26;

    /** What a handshake that asks for an unknown or modern revision is offered. */
    static final Revision NEWEST_LEGACY = V2025_11_25;

    private static final List<Revision> ALL = List.of(values());

    private final String text;

    Revision(String text) {
        this.text = text;
    }

    /** The revision as it stands in headers and bodies. */
    String text() {
        return text;
    }

    /** Whether requests carry their metadata themselves and there is no handshake. */
    boolean modern() {
        return compareTo(V2026_07_28) >= 0;
    }

    /** Whether tools may have a title and an output schema, and results structured content. */
    boolean structuredContent() {
        return compareTo(V2025_06_18) >= 0;
    }

    /** Whether a result may carry this value as structured content. */
    boolean takesStructured(JsonNode value) {
        return modern() || (structuredContent() && value.isObject());
    }

    /** Whether features may have a name for people. */
    boolean titles() {
        return compareTo(V2025_06_18) >= 0;
    }

    /** Whether content may point to a resource, and annotations say when it changed. */
    boolean resourceLinks() {
        return compareTo(V2025_06_18) >= 0;
    }

    /** What a tool's announcement may hold. */
    ToolShape toolShape() {
        return modern() ? ToolShape.ANY_OUTPUT : structuredContent() ? ToolShape.TITLED : ToolShape.PLAIN;
    }

    /** Whether several messages may come in one array. */
    boolean batches() {
        return this == V2025_03_26;
    }

    static Optional<Revision> of(String text) {
        for (Revision revision : ALL) {
            if (revision.text.equals(text)) {
                return Optional.of(revision);
            }
        }
        return Optional.empty();
    }

    static Optional<Revision> legacyOf(String text) {
        return of(text).filter(r -> !r.modern());
    }

    static Optional<Revision> modernOf(String text) {
        return of(text).filter(Revision::modern);
    }

    /** What {@code server/discover} offers: modern revisions only, since clients take the answer as proof of a modern server. */
    static List<String> supported() {
        return Arrays.stream(values())
                .filter(Revision::modern)
                .map(Revision::text)
                .toList();
    }
}
