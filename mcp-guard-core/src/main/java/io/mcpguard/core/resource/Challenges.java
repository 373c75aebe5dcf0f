package io.mcpguard.core.resource;

import io.mcpguard.credential.Credential;
import io.mcpguard.decision.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a refusal says in {@code WWW-Authenticate}: how to come back with a token that does (RFC 6750 section 3, RFC 9449 section 7.1,
 * RFC 9728 section 5.1). It never says what was wrong with the one that was sent.
 *
 * @since 0.1
 */
public final class Challenges {

    /** Algorithms of DPoP proofs that are checked. */
    static final List<String> PROOF_ALGORITHMS = List.of("ES256", "ES384", "PS256", "RS256");

    private static final String INVALID = "error=\"invalid_token\"";
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private final Optional<ProtectedResource> resource;

    /**
     * Makes the challenges of a service.
     *
     * @param resource where clients get a token; empty for a service that has keys only
     */
    public Challenges(Optional<ProtectedResource> resource) {
        this.resource = resource;
    }

    static boolean isScope(String scope) {
        return SCOPE.matcher(scope).matches();
    }

    /**
     * Asks for a credential.
     *
     * @param reason why the request is refused
     * @param presented what it came with
     * @return a value for each line of the header; empty when another credential would not help
     */
    public List<String> of(Reason reason, Optional<Credential> presented) {
        if (reason != Reason.UNAUTHENTICATED) {
            return List.of();
        }
        boolean byProof = presented.filter(sent -> sent.scheme().equals("dpop")).isPresent();
        boolean invalid = presented
                .filter(sent -> !sent.scheme().equals(Credential.CERTIFICATE))
                .isPresent();
        List<String> challenges = new ArrayList<>();
        if (resource.filter(ProtectedResource::dpopRequired).isEmpty()) {
            challenges.add(challenge(
                    "Bearer",
                    invalid && !byProof ? List.of(INVALID) : List.of(),
                    resource.map(ProtectedResource::scopes)));
        }
        if (resource.filter(ProtectedResource::dpop).isPresent()) {
            List<String> first = new ArrayList<>();
            if (invalid && (byProof || challenges.isEmpty())) {
                first.add(INVALID);
            }
            first.add("algs=\"" + String.join(" ", PROOF_ALGORITHMS) + "\"");
            challenges.add(challenge("DPoP", first, resource.map(ProtectedResource::scopes)));
        }
        return List.copyOf(challenges);
    }

    /**
     * Asks for a token with more scopes: all that the operation needs at once, since a client that was told of one at a time would
     * come back as often.
     *
     * @param scopes every scope that the operation needs, those that the token has too
     * @param presented what the request came with
     * @return a value for each line of the header
     */
    public List<String> ofScopes(Collection<String> scopes, Optional<Credential> presented) {
        boolean byProof = presented.filter(sent -> sent.scheme().equals("dpop")).isPresent();
        return List.of(
                challenge(byProof ? "DPoP" : "Bearer", List.of("error=\"insufficient_scope\""), Optional.of(scopes)));
    }

    /**
     * Says whether there is anything to add to a challenge that somebody else has made.
     *
     * @return true when clients are told where to get a token
     */
    public boolean isResource() {
        return resource.isPresent();
    }

    private String challenge(String scheme, List<String> first, Optional<? extends Collection<String>> scopes) {
        List<String> parameters = new ArrayList<>(first);
        resource.ifPresent(known -> parameters.add("resource_metadata=\"" + known.metadata() + "\""));
        String asked = scopes.stream()
                .flatMap(Collection::stream)
                .filter(Challenges::isScope)
                .sorted()
                .collect(Collectors.joining(" "));
        if (!asked.isEmpty()) {
            parameters.add("scope=\"" + asked + "\"");
        }
        return parameters.isEmpty() ? scheme : scheme + " " + String.join(", ", parameters);
    }
}
