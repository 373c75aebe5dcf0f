package io.mcpguard.core.format;

import io.mcpguard.audit.AuditReporter;
import java.util.Objects;
import java.util.Optional;

/**
 * Who reports: the service, and the guard in it.
 *
 * @param reporter the service
 * @param guardVersion version of the guard, unless it runs from something else than its jar
 */
record Origin(AuditReporter reporter, Optional<String> guardVersion) {

    /** Vendor and product in every format. */
    static final String GUARD = "mcp-guard";

    /** What stands in a header that must have a version. */
    static final String NO_VERSION = "unknown";

    Origin {
        Objects.requireNonNull(reporter, "reporter");
        Objects.requireNonNull(guardVersion, "guardVersion");
    }

    static Origin of(AuditReporter reporter) {
        return new Origin(
                reporter, Optional.ofNullable(Origin.class.getPackage().getImplementationVersion()));
    }

    /** The service, with the node when there can be several: who vouches for the chain. */
    String authority() {
        return reporter.node().map(node -> reporter.service() + "/" + node).orElse(reporter.service());
    }
}
