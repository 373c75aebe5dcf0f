package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;

/** Writes {@code event.category} and {@code event.type}: the words of ECS that a query over all sources uses. */
final class EcsCategory {

    private EcsCategory() {}

    static void write(JsonLine json, AuditEvent event) {
        json.array("category");
        switch (EventKind.of(event)) {
            case CALL -> json.element("api");
            case AUTHENTICATION -> json.element("api").element("authentication");
            case CHANGE -> json.element("iam").element("configuration");
            case LIFECYCLE, FAULT -> json.element("process");
        }
        json.endArray().array("type");
        switch (EventKind.of(event)) {
            case CALL, AUTHENTICATION -> ofRequest(json, event);
            case CHANGE -> json.element(ofChange(Change.of(event)));
            case LIFECYCLE -> json.element(ofLifecycle(event));
            case FAULT -> json.element("info");
        }
        json.endArray();
    }

    private static void ofRequest(JsonLine json, AuditEvent event) {
        json.element(
                switch (Activity.of(event)) {
                    case READ, INVOKE -> "access";
                    case CREATE -> "creation";
                    case UPDATE -> "change";
                    case DELETE -> "deletion";
                });
        json.element(event.verdict().allowed() ? "allowed" : "denied");
        if (event.stage() == Stage.INTENT || event.stage() == Stage.STARTED) {
            json.element("start");
        } else if (event.stage() == Stage.OUTCOME) {
            json.element("end");
        }
    }

    private static String ofChange(Change change) {
        return switch (change) {
            case CREATE -> "creation";
            case DELETE -> "deletion";
            case READ -> "access";
            case UPDATE, DISABLE, SUSPEND, RESUME -> "change";
            case OTHER -> "info";
        };
    }

    private static String ofLifecycle(AuditEvent event) {
        return switch (event.method()) {
            case "journal-started" -> "start";
            case "journal-stopped" -> "end";
            default -> "info";
        };
    }
}
