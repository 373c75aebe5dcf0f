package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which event of OCSF an event is.
 *
 * @param category category of the class
 * @param uid the class
 * @param activity the activity in that class
 * @param activityName what the activity is, when the class has no number for it
 */
record OcsfClass(
        int category, int uid, int activity, @Nullable String activityName) {

    private static final int IAM = 3;
    private static final int APPLICATION = 6;
    private static final int OTHER = 99;

    static OcsfClass of(AuditEvent event) {
        return switch (EventKind.of(event)) {
            case CALL -> apiActivity(Activity.of(event));
            case AUTHENTICATION -> new OcsfClass(IAM, 3002, 1, null);
            case CHANGE -> entityManagement(Change.of(event), event);
            case LIFECYCLE -> lifecycle(event);
            case FAULT -> new OcsfClass(APPLICATION, 6008, 1, null);
        };
    }

    int typeUid() {
        return uid * 100 + activity;
    }

    /** The profiles whose attributes the event uses; whoever declares one has to fill it. */
    static List<String> profiles(AuditEvent event) {
        EventKind kind = EventKind.of(event);
        List<String> profiles = new ArrayList<>(4);
        if (kind.isRequest() && OcsfRequest.isMcp(event)) {
            profiles.add("ai_operation");
        }
        if (kind == EventKind.CALL) {
            profiles.add("security_control");
        }
        if (kind == EventKind.CALL && TraceParent.of(event) != null) {
            profiles.add("trace");
        }
        if (event.link().isPresent()) {
            profiles.add("record_integrity");
        }
        return profiles;
    }

    private static OcsfClass apiActivity(Activity activity) {
        return switch (activity) {
            case CREATE -> new OcsfClass(APPLICATION, 6003, 1, null);
            case READ -> new OcsfClass(APPLICATION, 6003, 2, null);
            case UPDATE -> new OcsfClass(APPLICATION, 6003, 3, null);
            case DELETE -> new OcsfClass(APPLICATION, 6003, 4, null);
            case INVOKE -> new OcsfClass(APPLICATION, 6003, OTHER, "Invoke");
        };
    }

    private static OcsfClass entityManagement(Change change, AuditEvent event) {
        return switch (change) {
            case CREATE -> new OcsfClass(IAM, 3004, 1, null);
            case READ -> new OcsfClass(IAM, 3004, 2, null);
            case UPDATE -> new OcsfClass(IAM, 3004, 3, null);
            case DELETE -> new OcsfClass(IAM, 3004, 4, null);
            case DISABLE -> new OcsfClass(IAM, 3004, 9, null);
            case SUSPEND -> new OcsfClass(IAM, 3004, 12, null);
            case RESUME -> new OcsfClass(IAM, 3004, 13, null);
            case OTHER -> new OcsfClass(IAM, 3004, OTHER, event.method());
        };
    }

    private static OcsfClass lifecycle(AuditEvent event) {
        return switch (event.method()) {
            case "journal-started" -> new OcsfClass(APPLICATION, 6002, 3, null);
            case "journal-stopped" -> new OcsfClass(APPLICATION, 6002, 4, null);
            default -> new OcsfClass(APPLICATION, 6002, OTHER, event.method());
        };
    }
}
