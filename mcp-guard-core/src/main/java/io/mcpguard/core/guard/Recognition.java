package io.mcpguard.core.guard;

import java.util.Optional;

/**
 * What the guard's own verifiers said of a credential when its request came in, before anything of the service ran. Nothing is on
 * record yet: {@link Guard#identify(RequestFacts, Recognition, io.mcpguard.credential.AuthContext)} records.
 *
 * <p>Asked once per request. A proof that may be used once would be refused the second time.
 *
 * @since 0.1
 */
public final class Recognition {

    private static final Recognition NOBODY_S = new Recognition(Optional.empty(), Optional.empty());

    private final Optional<CallerIdentifier.Found> found;
    private final Optional<Identification.Identified> identified;

    private Recognition(Optional<CallerIdentifier.Found> found, Optional<Identification.Identified> identified) {
        this.found = found;
        this.identified = identified;
    }

    /** No verifier knows the credential, or there is none. */
    static Recognition nobodys() {
        return NOBODY_S;
    }

    static Recognition of(CallerIdentifier.Found found, Optional<Identification.Identified> identified) {
        return new Recognition(Optional.of(found), identified);
    }

    Optional<CallerIdentifier.Found> found() {
        return found;
    }

    /**
     * Says whose credential it is.
     *
     * @return true when the guard has judged it, whatever it found: then the service must neither see nor judge it; false when
     *     only the service's own security can tell who calls
     */
    public boolean isGuards() {
        return found.isPresent();
    }

    /**
     * Returns the caller, when the guard let it in.
     *
     * @return who calls, by which active profile; empty when the guard refuses the credential, or does not know it
     */
    public Optional<Identification.Identified> identified() {
        return identified;
    }
}
