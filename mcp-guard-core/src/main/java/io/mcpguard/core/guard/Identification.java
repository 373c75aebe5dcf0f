package io.mcpguard.core.guard;

import io.mcpguard.decision.Caller;
import java.util.Objects;

/**
 * Whether a caller was identified.
 *
 * @since 0.1
 */
public sealed interface Identification permits Identification.Identified, Refusal {

    /**
     * The credential is genuine and entitled to the selected profile, which is active.
     *
     * @param caller who calls, by which profile
     * @since 0.1
     */
    record Identified(Caller caller) implements Identification {
        public Identified {
            Objects.requireNonNull(caller, "caller");
        }
    }
}
