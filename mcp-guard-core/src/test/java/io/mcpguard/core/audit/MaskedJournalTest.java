package io.mcpguard.core.audit;

import static io.mcpguard.catalog.Parameter.Location.HEADER;
import static io.mcpguard.catalog.Parameter.Location.PATH;
import static io.mcpguard.catalog.Parameter.Location.QUERY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.CallArguments;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.credential.KeySource;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Plants secrets in every argument of a call and looks for them in every file of the journal. */
class MaskedJournalTest {

    private static final Schema ANY = new Schema("{}");

    @TempDir
    Path temp;

    private final List<String> canaries = new ArrayList<>();

    @Test
    void no_argument_reaches_a_file_in_any_form() throws IOException {
        Operation pay = Operation.builder(new OperationId("pay"), "orders", "POST", "/pay/{account}")
                .parameter(new Parameter("account", PATH, true, ANY, ""))
                .parameter(new Parameter("X-Declared", HEADER, false, ANY, ""))
                .build();
        CallArguments arguments = CallArguments.builder()
                .parameter(PATH, "account", canary("path /?"))
                .parameter(QUERY, "token", canary("query&="))
                .parameter(QUERY, canary("query name"), "1")
                .parameter(QUERY, "many", canary("first"))
                .parameter(QUERY, "many", canary("second"))
                .parameter(HEADER, "X-Declared", canary("header"))
                .parameter(HEADER, "Authorization", canary("bearer"))
                .parameter(HEADER, "Cookie", canary("cookie"))
                .body(new JsonMapper()
                        .readTree("{\"password\":\"" + canary("body") + "\",\"deep\":[[{\"pin\":" + number() + "}]],\""
                                + canary("body name") + "\":true,\"long\":\"" + canary("long") + "x".repeat(5_000)
                                + "\"}"))
                .build();
        Map<String, String> kept = ArgumentMask.of(noKeys(), new SecureRandom(), ValuePolicy.STANDARD)
                .mask(PublishedOperation.ofFeature(new Product("orders", "Orders", "", ""), pay), arguments, List.of());
        Events events = new Events();

        try (Journal journal = events.journal(temp).open()) {
            AuditEvent bare = events.event(events.ids.next(), Stage.INTENT, "pay");
            journal.append(new AuditEvent(
                    bare.id(),
                    bare.callId(),
                    bare.stage(),
                    bare.time(),
                    bare.channel(),
                    bare.method(),
                    bare.target(),
                    bare.caller(),
                    bare.verdict(),
                    bare.result(),
                    bare.source(),
                    kept,
                    Optional.empty()));
        }

        assertThat(Events.in(temp).get(1).arguments()).hasSize(10).isEqualTo(kept);
        try (Stream<Path> files = Files.walk(temp)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), ISO_8859_1);
                for (String canary : canaries) {
                    assertThat(content)
                            .as(file.getFileName().toString())
                            .doesNotContain(canary)
                            .doesNotContain(URLEncoder.encode(canary, UTF_8))
                            .doesNotContain(Base64.getEncoder().encodeToString(canary.getBytes(UTF_8)))
                            .doesNotContain(
                                    Base64.getUrlEncoder().withoutPadding().encodeToString(canary.getBytes(UTF_8)));
                }
            }
        }
    }

    private String canary(String where) {
        String canary = "canary " + canaries.size() + ' ' + where;
        canaries.add(canary);
        return canary;
    }

    private String number() {
        canaries.add("4111111111111111");
        return "4111111111111111";
    }

    private static KeySource noKeys() {
        return new KeySource() {
            @Override
            public Optional<NamedKey> current(Purpose purpose) {
                return Optional.empty();
            }

            @Override
            public Optional<NamedKey> find(Purpose purpose, String id) {
                return Optional.empty();
            }
        };
    }
}
