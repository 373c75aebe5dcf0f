package io.mcpguard.oauth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the keys of one issuer. Where they are is configured, or said by the issuer's own metadata (RFC 8414, OpenID Connect
 * Discovery), never by a token.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final int LEAST_RSA_BITS = 2048;

    private final URI issuer;
    private final BoundedHttp http;
    private volatile Optional<URI> keys;

    IssuerKeys(URI issuer, Optional<URI> keys, BoundedHttp http) {
        this.issuer = issuer;
        this.keys = keys;
        this.http = http;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long time, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            URI address = keys.isPresent() ? keys.get() : discover();
            JWKSet all = JWKSet.parse(new String(http.get(address), StandardCharsets.UTF_8));
            JWKSet fit =
                    new JWKSet(all.getKeys().stream().filter(IssuerKeys::isFit).toList());
            keys = Optional.of(address);
            return fit;
        } catch (IOException e) {
            throw new JWKSetRetrievalException("the keys of " + issuer + " cannot be fetched: " + e.getMessage(), e);
        } catch (ParseException | RuntimeException e) {
            throw new JWKSetParseException("the keys of " + issuer + " cannot be read", e);
        }
    }

    /** A key that is shared, or too weak, verifies nothing. */
    private static boolean isFit(JWK key) {
        return key.getKeyType().equals(KeyType.EC)
                || (key.getKeyType().equals(KeyType.RSA) && key.size() >= LEAST_RSA_BITS);
    }

    private URI discover() throws IOException, ParseException {
        IOException last = new IOException("the issuer has no metadata");
        for (URI metadata : metadataOf(issuer)) {
            try {
                Map<String, Object> document =
                        JSONObjectUtils.parse(new String(http.get(metadata), StandardCharsets.UTF_8));
                if (!issuer.toString().equals(document.get("issuer"))) {
                    throw new IOException(metadata + " names another issuer, " + document.get("issuer"));
                }
                URI found = JSONObjectUtils.getURI(document, "jwks_uri");
                if (found == null) {
                    throw new IOException(metadata + " names no jwks_uri");
                }
                Optional<String> problem = Addresses.problem("jwks_uri of " + metadata, found);
                if (problem.isPresent()) {
                    throw new IOException(problem.get());
                }
                return found;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Where the two specifications put metadata: in front of the path of the issuer, and behind it. */
    static List<URI> metadataOf(URI issuer) {
        String path = issuer.getRawPath() == null || issuer.getRawPath().equals("/") ? "" : issuer.getRawPath();
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String root = issuer.getScheme() + "://" + issuer.getRawAuthority();
        return List.of(
                URI.create(root + "/.well-known/oauth-authorization-server" + bare),
                URI.create(root + bare + "/.well-known/openid-configuration"));
    }

    @Override
    public void close() {
        // The client has no connections that outlive their requests for long.
    }
}
