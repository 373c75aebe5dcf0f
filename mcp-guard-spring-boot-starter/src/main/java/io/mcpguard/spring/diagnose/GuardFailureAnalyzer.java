package io.mcpguard.spring.diagnose;

import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.GuardException;
import io.mcpguard.error.StoreUnavailableException;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Turns what the guard refuses to start with into a description and an action.
 *
 * <p>The sentences come from the guard, each with what to do; this class lays them out and adds what is particular to a Spring
 * Boot service: which property names the place.
 */
final class GuardFailureAnalyzer extends AbstractFailureAnalyzer<GuardException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, GuardException cause) {
        return new FailureAnalysis(describe(cause), actionFor(cause), cause);
    }

    private static String describe(GuardException cause) {
        if (cause instanceof ConfigurationException configuration) {
            List<String> problems = configuration.problems();
            String subject = configuration.getMessage();
            String head =
                    subject == null || subject.indexOf(':') < 0 ? "its configuration" : subject(subject, problems);
            return "mcp-guard does not start with " + head + ":\n\n    - " + String.join("\n    - ", problems);
        }
        return "mcp-guard does not start: " + cause.getMessage() + ".";
    }

    /** The message is the subject, a colon, and the problems. */
    private static String subject(String message, List<String> problems) {
        int end = message.indexOf(": " + problems.get(0));
        return end < 0 ? "its configuration" : message.substring(0, end);
    }

    private static String actionFor(GuardException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("mcp-guard init")) {
            return "Run 'mcp-guard init' in the folder that the service starts in, or set mcp.guard.home to the folder in which"
                    + " it was run. To start without the guard, set mcp.guard.enabled=false.";
        }
        if (cause instanceof AuditWriteException) {
            return "Make the audit folder writable for this service and for no other process, or set mcp.guard.audit.folder to"
                    + " such a folder. The guard never serves a call that it cannot record.";
        }
        if (cause instanceof StoreUnavailableException) {
            return "Make the file or folder named above readable for this service, or set mcp.guard.home to the right folder.";
        }
        return "Correct what is listed above; every mistake that was found is in the list.";
    }
}
