package io.mcpguard.spring;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Callers with tokens of an authorization server. Without an issuer there are none.
 *
 * @param issuer The authorization server, spelled as in its tokens; clients without a token are sent there.
 * @param resource Public address of the MCP endpoint, exactly as clients write it, such as https://api.example.com/mcp.
 * @param audience What tokens may name as their audience; the resource when not set.
 * @param checkedBy Who checks tokens: the service's own resource server, or the guard. The service when it has a JwtDecoder or an
 *     OpaqueTokenIntrospector, else the guard, when not set.
 * @param jwksUri Where the issuer's keys are, for an issuer without metadata.
 * @param tokenTypes What the header typ of signed tokens may say; add JWT for an issuer that does not write at+jwt.
 * @param algorithms By which algorithms tokens may be signed.
 * @param scopes Scopes that a client asks for at first: the least it needs.
 * @param dpop Whether tokens that are bound to a key are taken, and whether others are.
 * @param introspection The authorization server is asked about tokens that say nothing themselves, when its address is set.
 * @param claims What is read from the claims of a token.
 * @param metadataUrl Where clients find the metadata of the resource, for a service that does not have the root of its host.
 * @since 0.1
 */
@ConfigurationProperties("mcp.guard.oauth")
public record OauthProperties(
        @Nullable URI issuer,
        @Nullable URI resource,
        @DefaultValue Set<String> audience,
        @Nullable Checker checkedBy,
        @Nullable URI jwksUri,
        @DefaultValue("at+jwt") Set<String> tokenTypes,
        @DefaultValue({"RS256", "PS256", "ES256"}) Set<String> algorithms,
        @DefaultValue Set<String> scopes,
        @DefaultValue("optional") Dpop dpop,
        @DefaultValue Introspection introspection,
        @DefaultValue Claims claims,
        @Nullable URI metadataUrl) {

    /** Who checks tokens. */
    public enum Checker {
        /** The service's own resource server; the guard takes whom it has established. */
        SERVICE,
        /** The guard, with the module mcp-guard-oauth. */
        GUARD
    }

    /** Whether tokens are bound to a key of their sender. */
    public enum Dpop {
        /** Such tokens are taken, and others too. */
        OPTIONAL,
        /** Only tokens that are bound are taken. */
        REQUIRED
    }

    /**
     * The authorization server as one that is asked.
     *
     * @param uri Its introspection endpoint (RFC 7662).
     * @param clientId What this service is called there.
     * @param clientSecret What proves it there.
     * @param signedToo Whether it is asked about signed tokens too, so that they can be taken back.
     * @since 0.1
     */
    public record Introspection(
            @Nullable URI uri,
            @DefaultValue("") String clientId,
            @DefaultValue("") String clientSecret,
            @DefaultValue("false") boolean signedToo) {

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Introspection[uri=" + uri + ", clientId=" + clientId + "]";
        }
    }

    /**
     * What is read from the claims of a token.
     *
     * @param principal Claim that names the caller; it must be one that the caller cannot change.
     * @param roles Claim that lists roles, by which a profile may be bound, such as realm_access.roles.
     * @param keep Claims that are kept, for profiles that are bound to them.
     * @since 0.1
     */
    public record Claims(
            @DefaultValue("sub") String principal,
            @Nullable String roles,
            @DefaultValue Set<String> keep) {

        /** Keeps a set of its own. */
        public Claims {
            keep = Set.copyOf(keep);
        }
    }

    /** Keeps sets of its own. */
    public OauthProperties {
        audience = Set.copyOf(audience);
        tokenTypes = Set.copyOf(tokenTypes);
        algorithms = Set.copyOf(algorithms);
        scopes = Set.copyOf(scopes);
    }

    /** Says what is missing between an issuer and an endpoint that takes its tokens. */
    List<String> problems() {
        return resource == null
                ? List.of(
                        "mcp.guard.oauth.issuer is set and mcp.guard.oauth.resource is not; set it to the public address of the MCP"
                                + " endpoint, such as https://api.example.com/mcp, which is the audience that its tokens must have")
                : List.of();
    }
}
