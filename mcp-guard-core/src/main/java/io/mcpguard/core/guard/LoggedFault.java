package io.mcpguard.core.guard;

import io.mcpguard.error.GuardException;
import java.io.Serial;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure of code that has seen a caller's values looks like in the log: types and stack traces, of its causes too, and no
 * message but the guard's own, since a message is where code puts the value it stumbled over. Whoever needs the messages for a
 * while sets the logger of this class to TRACE, and then has callers' values in the log.
 *
 * @since 0.1
 */
public final class LoggedFault {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedFault.class);
    private static final int LONGEST_CHAIN = 20;

    private LoggedFault() {}

    /**
     * Makes a failure fit for the log.
     *
     * @param failure what was thrown
     * @return the same without messages, to be logged and not thrown
     */
    public static Throwable of(Throwable failure) {
        return LOG.isTraceEnabled()
                ? failure
                : new Wordless(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static final class Wordless extends Throwable {

        @Serial
        private static final long serialVersionUID = 1L;

        Wordless(Throwable failure, Set<Throwable> met) {
            super(shown(failure), cause(failure, met), true, true);
            setStackTrace(failure.getStackTrace());
            for (Throwable suppressed : failure.getSuppressed()) {
                if (met.size() < LONGEST_CHAIN && !met.contains(suppressed)) {
                    addSuppressed(new Wordless(suppressed, met));
                }
            }
        }

        private static @Nullable Throwable cause(Throwable failure, Set<Throwable> met) {
            met.add(failure);
            Throwable cause = failure.getCause();
            return cause == null || met.size() >= LONGEST_CHAIN || met.contains(cause)
                    ? null
                    : new Wordless(cause, met);
        }

        private static String shown(Throwable failure) {
            String type = failure.getClass().getName();
            return failure instanceof GuardException
                    ? type + ": " + failure.getMessage()
                    : type + " (message left out)";
        }
    }
}
