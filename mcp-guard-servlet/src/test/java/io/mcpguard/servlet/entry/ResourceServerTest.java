package io.mcpguard.servlet.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.credential.Principal;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.verification.Verification;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A service whose guard checks tokens: what clients are told that have none, and what the service sees of those that have one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourceServerTest {

    private static final String METADATA =
            "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/mcp\"";
    private static final String ITEM = ",\"path_params\":{\"id\":\"7\"}";

    private final List<Presentation> presented = new ArrayList<>();
    private final TestService service = TestService.start(settings -> settings.mounted(mount -> mount)
            .guarded(guard -> guard.verifier(this::verify)
                    .frontage(new Frontage(Optional.of(URI.create("https://api.example.com")), Optional.empty()))
                    .resource(ProtectedResource.builder(
                                    URI.create("https://api.example.com/mcp"),
                                    List.of(URI.create("https://login.example.com")))
                            .scopes(Set.of("mcp"))
                            .build())));

    private Verification verify(Credential credential, Presentation presentation) {
        if (!credential.reveal().startsWith("token-")) {
            return new Verification.NotMine();
        }
        presented.add(presentation);
        if (!credential.reveal().equals("token-alice")) {
            return new Verification.Rejected("t-0", "token-expired");
        }
        return new Verification.Established(
                new Principal(
                        "alice",
                        Set.of("admin"),
                        Principal.Source.GUARD,
                        "t-1",
                        CredentialKind.JWT,
                        Set.of("mcp"),
                        Map.of()),
                Optional.empty());
    }

    @BeforeEach
    void forget() {
        presented.clear();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private AuditEvent last() {
        List<AuditEvent> events = service.trail.events();
        return events.get(events.size() - 1);
    }

    @Test
    void anybody_may_read_where_to_get_a_token() {
        for (String path :
                List.of("/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp")) {
            HttpResponse<String> response = service.send("GET", path);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(response.body())
                    .contains("\"resource\":\"https://api.example.com/mcp\"")
                    .contains("\"authorization_servers\":[\"https://login.example.com\"]");
            assertThat(service.send("POST", path).statusCode()).isEqualTo(405);
        }
        assertThat(service.send("GET", "/.well-known/oauth-protected-resource/other")
                        .statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void whoever_has_no_token_is_told_where_to_get_one() {
        HttpResponse<String> response = service.execute("", "getItem", ITEM);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer " + METADATA + ", scope=\"mcp\"");
        assertThat(response.body()).contains("\"jsonrpc\"");
    }

    @Test
    void a_token_that_is_no_good_is_called_invalid_whoever_says_so() {
        String expected = "Bearer error=\"invalid_token\", " + METADATA + ", scope=\"mcp\"";
        int served = service.served().size();

        for (String token : List.of("token-expired", "mallory", "mcpg_forged")) {
            HttpResponse<String> response = service.execute("Bearer " + token, "getItem", ITEM);

            assertThat(response.statusCode()).as(token).isEqualTo(401);
            assertThat(response.headers().allValues("WWW-Authenticate"))
                    .as(token)
                    .containsExactly(expected);
            assertThat(last().stage()).as(token).isEqualTo(Stage.DENIED);
        }
        assertThat(service.served()).hasSize(served);
    }

    @Test
    void a_good_token_calls_as_its_subject_with_the_roles_of_the_profile() {
        HttpResponse<String> response = service.execute("Bearer token-alice", "getItem", ITEM);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("alice");
        assertThat(last().caller().principal()).contains("alice");
        assertThat(last().caller().credentialId()).contains("t-1");
        assertThat(presented).hasSize(1);
        assertThat(presented.get(0).uri()).contains(URI.create("https://api.example.com/mcp"));
        assertThat(presented.get(0).method()).isEqualTo("POST");

        HttpResponse<String> secret = service.execute("Bearer token-alice", "secret", "");
        assertThat(secret.body()).contains("403");
        assertThat(service.served()).doesNotContain("secret");
    }

    @Test
    void over_rest_a_token_counts_where_a_profile_is_selected() {
        HttpResponse<String> selected =
                service.send("GET", "/api/items/7", "Authorization", "Bearer token-alice", "X-Profile-ID", "people");
        assertThat(selected.statusCode()).isEqualTo(200);
        assertThat(selected.body()).contains("alice");
        assertThat(last().caller().credentialId()).contains("t-1");

        presented.clear();
        HttpResponse<String> service_s = service.send("GET", "/api/items/7", "Authorization", "Bearer token-alice");
        assertThat(service_s.statusCode()).isEqualTo(401);
        assertThat(presented).isEmpty();
    }

    @Test
    void a_proof_and_an_address_that_the_caller_made_up_reach_no_record() {
        HttpResponse<String> response = service.send(
                "GET",
                "/api/items/7",
                "Authorization",
                "Bearer token-expired",
                "X-Profile-ID",
                "people",
                "DPoP",
                "proof-0123456789",
                "X-Forwarded-Host",
                "evil.example");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(presented.get(0).proofs()).containsExactly("proof-0123456789");
        assertThat(presented.get(0).uri()).contains(URI.create("https://api.example.com/api/items/7"));
        assertThat(service.trail.events().toString())
                .doesNotContain("proof-0123456789")
                .doesNotContain("token-expired\"")
                .doesNotContain("evil.example");
    }
}
