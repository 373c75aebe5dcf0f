package io.mcpguard.cli;

import io.mcpguard.core.credential.IssuedKey;
import io.mcpguard.core.profile.ProfileDocument;
import io.mcpguard.profile.Profile;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Shows a key, the only time it is ever shown. */
final class IssuedKeyText {

    /** How to show it. */
    enum Format {
        /** For people. */
        text,
        /** For scripts: one line. */
        json
    }

    private IssuedKeyText() {}

    static void print(IssuedKey issued, Home home, Format format, PrintWriter out) {
        String profileId = issued.record().profile().value();
        String clientId = clientOf(home.read(), issued);
        String secret = issued.key().reveal();
        if (format == Format.json) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("credential", secret);
            fields.put("keyId", issued.key().id());
            fields.put("clientId", clientId);
            fields.put("profileId", profileId);
            issued.record().expires().ifPresent(end -> fields.put("expires", end.toString()));
            out.println(JsonMapper.builder().build().writeValueAsString(fields));
            return;
        }
        out.println("Key " + issued.key().id() + " of profile " + profileId + ", good "
                + issued.record().expires().map(end -> "until " + end).orElse("without end")
                + ". It is shown this once; only a hash is kept.");
        out.println();
        out.println("  X-Client-ID: " + clientId);
        out.println("  X-Profile-ID: " + profileId);
        out.println("  Authorization: Bearer " + secret);
    }

    private static String clientOf(ProfileDocument document, IssuedKey issued) {
        return document.profiles().stream()
                .filter(profile -> profile.id().equals(issued.record().profile()))
                .map(Profile::client)
                .map(client -> client.id().value())
                .findFirst()
                .orElse("");
    }
}
