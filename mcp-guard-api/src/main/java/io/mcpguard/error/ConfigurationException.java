package io.mcpguard.error;

import java.io.Serial;
import java.util.List;

/**
 * The guard refuses to start, or to take over a changed configuration, with code {@code configuration-invalid}.
 *
 * @since 0.1
 */
public final class ConfigurationException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Every mistake, in the order found. Immutable and serializable in fact, which its declared type cannot say. */
    @SuppressWarnings("serial")
    private final List<String> problems;

    /**
     * Makes the exception from everything that is wrong.
     *
     * @param subject what is being configured, such as a file's name
     * @param problems each mistake with its place and what to do; at least one
     */
    public ConfigurationException(String subject, List<String> problems) {
        super("configuration-invalid", subject + ": " + String.join("; ", problems), null);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a configuration is only invalid for a reason");
        }
        this.problems = List.copyOf(problems);
    }

    /**
     * Makes the exception from one mistake.
     *
     * @param subject what is being configured
     * @param problem the mistake with its place and what to do
     */
    public ConfigurationException(String subject, String problem) {
        this(subject, List.of(problem));
    }

    /**
     * Lists every mistake that was found.
     *
     * @return one sentence a mistake, never empty
     */
    public List<String> problems() {
        return problems;
    }
}
