package io.mcpguard.testkit.parity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Somebody who calls the service over both doors: what they send with every request, over REST and over MCP.
 *
 * <p>The profile is named on both doors. Without {@code X-Profile-ID} a REST request with a credential of the service's own is
 * none of the guard's business, and could only differ.
 *
 * @param name what reports call them
 * @param restHeaders headers of each REST request
 * @param mcpHeaders headers of each MCP request
 * @since 0.1
 */
public record ParityCaller(String name, Map<String, String> restHeaders, Map<String, String> mcpHeaders) {

    private static final String AUTHORIZATION = "Authorization";

    public ParityCaller {
        Objects.requireNonNull(name, "name");
        restHeaders = Map.copyOf(restHeaders);
        mcpHeaders = Map.copyOf(mcpHeaders);
    }

    /**
     * Makes a caller without a credential.
     *
     * @param name what reports call them
     * @param clientId value of {@code X-Client-ID}
     * @param profileId value of {@code X-Profile-ID}
     * @return the caller
     */
    public static ParityCaller of(String name, String clientId, String profileId) {
        Map<String, String> headers = Map.of("X-Client-ID", clientId, "X-Profile-ID", profileId);
        return new ParityCaller(name, headers, headers);
    }

    /**
     * Makes a caller with an API key of the guard.
     *
     * @param name what reports call them
     * @param clientId value of {@code X-Client-ID}
     * @param profileId value of {@code X-Profile-ID}
     * @param key the key
     * @return the caller
     */
    public static ParityCaller key(String name, String clientId, String profileId, String key) {
        return of(name, clientId, profileId).header(AUTHORIZATION, "Bearer " + key);
    }

    /**
     * Makes a caller with a name and password of the service's own (RFC 7617).
     *
     * @param name what reports call them
     * @param clientId value of {@code X-Client-ID}
     * @param profileId value of {@code X-Profile-ID}
     * @param user the user's name
     * @param password the user's password
     * @return the caller
     */
    public static ParityCaller basic(String name, String clientId, String profileId, String user, String password) {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return of(name, clientId, profileId).header(AUTHORIZATION, "Basic " + login);
    }

    /**
     * Adds a header of every request.
     *
     * @param field the field name
     * @param value the field value
     * @return a caller that sends it over both doors
     */
    public ParityCaller header(String field, String value) {
        return new ParityCaller(name, with(restHeaders, field, value), with(mcpHeaders, field, value));
    }

    private static Map<String, String> with(Map<String, String> headers, String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(field, value);
        return more;
    }

    /** Says the name and none of the headers, which hold a credential. */
    @Override
    public String toString() {
        return name;
    }
}
