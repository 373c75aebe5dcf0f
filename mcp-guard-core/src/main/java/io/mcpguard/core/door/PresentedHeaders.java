package io.mcpguard.core.door;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The headers by which callers present themselves, read in the same way at every door.
 *
 * @since 0.1
 */
public final class PresentedHeaders {

    /** Header that selects a client. */
    public static final String CLIENT = "X-Client-ID";

    /** Header that selects a profile. */
    public static final String PROFILE = "X-Profile-ID";

    /** Headers that prove a caller, which nobody behind the guard has a use for once the guard has judged it. */
    public static final List<String> PROVING = List.of("Authorization", "DPoP");

    /** Headers by which a filter of the service might take one operation for another. */
    public static final List<String> METHOD_OVERRIDES =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL");

    private static final String KEY_PREFIX = "mcpg_";

    private PresentedHeaders() {}

    /**
     * Reads the one Authorization header.
     *
     * @param values its lines
     * @return what was presented, or empty when there is none or there are several
     */
    public static Optional<Credential> credential(List<String> values) {
        if (values.size() != 1) {
            return Optional.empty();
        }
        String value = values.get(0).strip();
        int space = value.indexOf(' ');
        return space < 1
                ? Optional.empty()
                : Optional.of(new Credential(
                        value.substring(0, space).toLowerCase(Locale.ROOT),
                        value.substring(space + 1).strip()));
    }

    /**
     * Reads what a request presents: its Authorization header, or its certificate where it has no such header at all.
     *
     * @param values the lines of the header
     * @param presentation how it presents itself
     * @return what was presented, or empty when there is nothing or several things
     */
    public static Optional<Credential> credential(List<String> values, Presentation presentation) {
        return values.isEmpty() ? presentation.certificate().map(Credential::ofCertificate) : credential(values);
    }

    /**
     * Says whether a credential is of the form that the guard issues. Whether it is genuine is another question.
     *
     * @param credential what was presented
     * @return true when no service has a use for it, with or without a profile selected
     */
    public static boolean isGuardIssued(Credential credential) {
        return credential.scheme().equals("bearer") && credential.reveal().startsWith(KEY_PREFIX);
    }

    /**
     * Reads a header that selects. Sent twice it selects nothing that anybody could be entitled to: its values are joined.
     *
     * @param values its lines
     * @return what it says, or empty when it is not there
     */
    public static Optional<String> selection(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }
}
