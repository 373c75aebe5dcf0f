package com.example.session;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How to reach the service, as {@code ./quickstart} writes it down.
 *
 * @param url the MCP endpoint
 * @param restUrl where the service's REST API starts
 * @param journal folder of the audit trail
 * @param profiles the profiles with a credential of each
 */
record Connection(URI url, URI restUrl, Path journal, List<Access> profiles) {

    /**
     * A profile and what proves that one may use it.
     *
     * @param clientId value of X-Client-ID
     * @param profileId value of X-Profile-ID
     * @param credential the key
     */
    record Access(String clientId, String profileId, String credential) {

        /** Leaves the credential out. */
        @Override
        public String toString() {
            return clientId + " / " + profileId;
        }
    }

    static Connection read(Path file) {
        JsonNode root = new JsonMapper().readTree(file.toFile());
        List<Access> profiles = StreamSupport.stream(root.required("profiles").spliterator(), false)
                .map(profile ->
                        new Access(text(profile, "clientId"), text(profile, "profileId"), text(profile, "credential")))
                .toList();
        return new Connection(
                URI.create(text(root, "url")),
                URI.create(text(root, "restUrl")),
                Path.of(text(root, "journal")),
                profiles);
    }

    Access access(String profileId) {
        return profiles.stream()
                .filter(access -> access.profileId().equals(profileId))
                .findFirst()
                .orElseThrow(() -> new Unexpected("there is no profile " + profileId + " in the connection file"));
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asString();
    }
}
