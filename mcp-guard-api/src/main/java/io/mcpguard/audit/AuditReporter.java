package io.mcpguard.audit;

import java.util.Objects;
import java.util.Optional;

/**
 * The service that reports events: what a format says about it in every record, since an {@link AuditEvent} holds only what
 * differs from call to call.
 *
 * @param service name of the service, as an operator knows it
 * @param node name of the host, pod or process that keeps the journal, when there can be several
 * @param version version of the service
 * @param environment what this installation is for, such as {@code production}
 * @since 0.1
 */
public record AuditReporter(
        String service, Optional<String> node, Optional<String> version, Optional<String> environment) {

    private static final int LONGEST = 255;

    public AuditReporter {
        check("service", service);
        check("node", node);
        check("version", version);
        check("environment", environment);
    }

    /**
     * A service of which nothing but the name is said.
     *
     * @param service its name
     * @return the reporter
     */
    public static AuditReporter of(String service) {
        return new AuditReporter(service, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Names the node.
     *
     * @param name its name
     * @return a copy with that node
     */
    public AuditReporter onNode(String name) {
        return new AuditReporter(service, Optional.of(name), version, environment);
    }

    /**
     * States the version of the service.
     *
     * @param text the version
     * @return a copy with that version
     */
    public AuditReporter atVersion(String text) {
        return new AuditReporter(service, node, Optional.of(text), environment);
    }

    /**
     * States what the installation is for.
     *
     * @param name the environment
     * @return a copy with that environment
     */
    public AuditReporter inEnvironment(String name) {
        return new AuditReporter(service, node, version, Optional.of(name));
    }

    private static void check(String what, Optional<String> text) {
        Objects.requireNonNull(text, what);
        text.ifPresent(present -> check(what, present));
    }

    /** Visible ASCII, since a log service looks a service or host up by it, and headers of syslog hold nothing else. */
    private static void check(String what, String text) {
        Objects.requireNonNull(text, what);
        boolean visible = text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (text.isEmpty() || text.length() > LONGEST || !visible) {
            throw new IllegalArgumentException(
                    what + " is 1 to " + LONGEST + " visible ASCII characters without spaces");
        }
    }
}
