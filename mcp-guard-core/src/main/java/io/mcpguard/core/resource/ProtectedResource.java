package io.mcpguard.core.resource;

import io.mcpguard.error.ConfigurationException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The MCP endpoint as a protected resource (RFC 9728): the one document that anybody may read, since it says where to get a token.
 * Everything in it is configuration; nothing of it comes from a request.
 *
 * @since 0.1
 */
public final class ProtectedResource {

    /** Where the document of a resource is, in front of the resource's own path. */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI resource;
    private final URI metadata;
    private final Set<String> scopes;
    private final boolean dpop;
    private final boolean dpopRequired;
    private final byte[] document;

    private ProtectedResource(Builder builder) {
        this.resource = builder.resource;
        this.metadata = builder.metadata == null ? wellKnown(resource) : builder.metadata;
        this.scopes = builder.scopes;
        this.dpop = builder.dpop || builder.dpopRequired;
        this.dpopRequired = builder.dpopRequired;
        this.document = MAPPER.writeValueAsBytes(document(builder));
    }

    private static ObjectNode document(Builder builder) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("resource", builder.resource.toString());
        ArrayNode servers = document.putArray("authorization_servers");
        builder.authorizationServers.forEach(server -> servers.add(server.toString()));
        if (!builder.scopes.isEmpty()) {
            ArrayNode scopes = document.putArray("scopes_supported");
            builder.scopes.stream().sorted().forEach(scopes::add);
        }
        document.putArray("bearer_methods_supported").add("header");
        if (builder.name != null) {
            document.put("resource_name", builder.name);
        }
        if (builder.documentation != null) {
            document.put("resource_documentation", builder.documentation.toString());
        }
        if (builder.dpop || builder.dpopRequired) {
            ArrayNode algorithms = document.putArray("dpop_signing_alg_values_supported");
            Challenges.PROOF_ALGORITHMS.forEach(algorithms::add);
        }
        if (builder.dpopRequired) {
            document.put("dpop_bound_access_tokens_required", true);
        }
        return document;
    }

    /** RFC 9728 section 3.1: between the host and the path. */
    private static URI wellKnown(URI resource) {
        String path = resource.getRawPath() == null || resource.getRawPath().equals("/") ? "" : resource.getRawPath();
        return URI.create(resource.getScheme() + "://" + resource.getRawAuthority() + WELL_KNOWN + path);
    }

    /**
     * Starts a resource.
     *
     * @param resource the public address of the MCP endpoint, exactly as clients write it
     * @param authorizationServers issuers of which a client may get a token
     * @return a builder: no scopes, bearer tokens
     */
    public static Builder builder(URI resource, List<URI> authorizationServers) {
        return new Builder(resource, authorizationServers);
    }

    /**
     * Returns the address of the resource.
     *
     * @return the audience that tokens must have
     */
    public URI resource() {
        return resource;
    }

    /**
     * Returns where clients find the document.
     *
     * @return its public address, which challenges name
     */
    public URI metadata() {
        return metadata;
    }

    /**
     * Says whether a request asks for the document: by the path at the root of the host, with the resource's path behind it or not,
     * or by the same below the path of the service, for servers where the root belongs to somebody else.
     *
     * @param rawPath percent-encoded path of the request from the root of the service's port
     * @param basePath where on its server the service is; empty for all of it
     * @return whether to answer with {@link #document()}
     */
    public boolean isAskedFor(String rawPath, String basePath) {
        if (!rawPath.contains(WELL_KNOWN)) {
            return false;
        }
        String below = rawPath.startsWith(basePath + WELL_KNOWN)
                ? rawPath.substring(basePath.length() + WELL_KNOWN.length())
                : rawPath.startsWith(WELL_KNOWN) ? rawPath.substring(WELL_KNOWN.length()) : "?";
        return below.isEmpty()
                || (below.startsWith("/") && resource.getRawPath().endsWith(below));
    }

    /**
     * Returns the document.
     *
     * @return JSON in UTF-8
     */
    public byte[] document() {
        return document.clone();
    }

    Set<String> scopes() {
        return scopes;
    }

    boolean dpop() {
        return dpop;
    }

    boolean dpopRequired() {
        return dpopRequired;
    }

    /**
     * Collects what a resource says of itself.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final URI resource;
        private final List<URI> authorizationServers;
        private Set<String> scopes = Set.of();
        private boolean dpop;
        private boolean dpopRequired;
        private @Nullable URI metadata;
        private @Nullable String name;
        private @Nullable URI documentation;

        private Builder(URI resource, List<URI> authorizationServers) {
            this.resource = Objects.requireNonNull(resource, "resource");
            this.authorizationServers = List.copyOf(authorizationServers);
        }

        /**
         * Sets the scopes that a client asks for at first: the least it needs, since it asks for more when an operation does.
         *
         * @param names scopes as the authorization server names them
         * @return this builder
         */
        public Builder scopes(Set<String> names) {
            this.scopes = Set.copyOf(names);
            return this;
        }

        /**
         * Says that tokens bound to a key are taken (RFC 9449).
         *
         * @param required whether no others are
         * @return this builder
         */
        public Builder dpop(boolean required) {
            this.dpop = true;
            this.dpopRequired = required;
            return this;
        }

        /**
         * Sets where clients find the document, where that is not the well-known address of the resource: the path of a proxy that
         * leads here, for a service that does not have the root of its host.
         *
         * @param address the public address
         * @return this builder
         */
        public Builder metadata(URI address) {
            this.metadata = Objects.requireNonNull(address, "address");
            return this;
        }

        /**
         * Sets what people are shown.
         *
         * @param text name of the service
         * @return this builder
         */
        public Builder name(String text) {
            this.name = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Sets where developers read on.
         *
         * @param address of a page
         * @return this builder
         */
        public Builder documentation(URI address) {
            this.documentation = Objects.requireNonNull(address, "address");
            return this;
        }

        /**
         * Makes the resource.
         *
         * @return the resource
         * @throws ConfigurationException naming everything that clients would refuse, or that would lead them elsewhere
         */
        public ProtectedResource build() {
            List<String> problems = new ArrayList<>();
            problem("the address of the resource", resource).ifPresent(problems::add);
            if (resource.getRawQuery() != null
                    || !String.valueOf(resource.getRawPath()).startsWith("/")) {
                problems.add("the address of the resource is " + resource
                        + "; it is the address of the MCP endpoint, such as https://api.example.com/mcp");
            }
            if (authorizationServers.isEmpty()) {
                problems.add("no authorization server is named, so that no client could get a token");
            }
            authorizationServers.forEach(
                    server -> problem("an authorization server", server).ifPresent(problems::add));
            List<String> odd = scopes.stream()
                    .filter(scope -> !Challenges.isScope(scope))
                    .sorted()
                    .toList();
            if (!odd.isEmpty()) {
                problems.add(
                        "scopes are words without spaces and quotation marks (RFC 6749 section 3.3), and these are not: "
                                + odd);
            }
            if (scopes.contains("offline_access")) {
                problems.add(
                        "offline_access is for a client to ask of the authorization server; leave it out of the scopes");
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException("The protected resource " + resource, problems);
            }
            return new ProtectedResource(this);
        }

        private static Optional<String> problem(String what, URI address) {
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            String host = address.getHost();
            if (host == null
                    || !(scheme.equals("https") || scheme.equals("http"))
                    || address.getRawFragment() != null) {
                return Optional.of(what + " is " + address + ", which is no web address; write https://...");
            }
            boolean here =
                    host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
            return scheme.equals("http") && !here
                    ? Optional.of(what + " is " + address + ": tokens would cross the network in clear; use https")
                    : Optional.empty();
        }
    }
}
