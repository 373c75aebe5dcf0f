package io.mcpguard.core.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Credential;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.ConfigurationException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedResourceTest {

    private static final URI RESOURCE = URI.create("https://api.example.com/shop/mcp");
    private static final URI SERVER = URI.create("https://login.example.com/realms/shop");
    private static final String METADATA =
            "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/shop/mcp\"";

    private static ProtectedResource.Builder resource() {
        return ProtectedResource.builder(RESOURCE, List.of(SERVER)).scopes(Set.of("orders:read", "mcp"));
    }

    private static Optional<Credential> presented(String scheme) {
        return Optional.of(new Credential(scheme, "x"));
    }

    @Test
    void says_where_to_get_a_token_and_nothing_about_the_service() {
        String document =
                new String(resource().name("Orders").dpop(true).build().document(), StandardCharsets.UTF_8);

        assertThat(document)
                .isEqualTo("{\"resource\":\"https://api.example.com/shop/mcp\","
                        + "\"authorization_servers\":[\"https://login.example.com/realms/shop\"],"
                        + "\"scopes_supported\":[\"mcp\",\"orders:read\"],"
                        + "\"bearer_methods_supported\":[\"header\"],"
                        + "\"resource_name\":\"Orders\","
                        + "\"dpop_signing_alg_values_supported\":[\"ES256\",\"ES384\",\"PS256\",\"RS256\"],"
                        + "\"dpop_bound_access_tokens_required\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-protected-resource",
                "/.well-known/oauth-protected-resource/shop/mcp",
                "/shop/.well-known/oauth-protected-resource",
                "/shop/.well-known/oauth-protected-resource/mcp",
                "/shop/.well-known/oauth-protected-resource/shop/mcp"
            })
    void is_found_at_every_form_of_its_address(String path) {
        assertThat(resource().build().isAskedFor(path, "/shop")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp",
                "/shop/mcp",
                "/.well-known/oauth-protected-resource-of-mine",
                "/.well-known/oauth-protected-resource/other",
                "/.well-known/oauth-protected-resource/",
                "/.well-known/oauth-protected-resource/shop/mcp/..",
                "/api/.well-known/oauth-protected-resource",
                "/.well-known/oauth-authorization-server",
                "/%2ewell-known/oauth-protected-resource"
            })
    void and_nowhere_else(String path) {
        assertThat(resource().build().isAskedFor(path, "/shop")).isFalse();
    }

    @Test
    void asks_for_a_token_and_calls_one_invalid_only_if_there_was_one() {
        Challenges challenges = new Challenges(Optional.of(resource().build()));

        assertThat(challenges.of(Reason.UNAUTHENTICATED, Optional.empty()))
                .containsExactly("Bearer " + METADATA + ", scope=\"mcp orders:read\"");
        assertThat(challenges.of(Reason.UNAUTHENTICATED, presented("certificate")))
                .containsExactly("Bearer " + METADATA + ", scope=\"mcp orders:read\"");
        assertThat(challenges.of(Reason.UNAUTHENTICATED, presented("bearer")))
                .containsExactly("Bearer error=\"invalid_token\", " + METADATA + ", scope=\"mcp orders:read\"");
        for (Reason other : Set.of(Reason.PROFILE_NOT_ENTITLED, Reason.FLOOD, Reason.GUARD_UNAVAILABLE)) {
            assertThat(challenges.of(other, presented("bearer"))).isEmpty();
        }
    }

    @Test
    void asks_for_a_proof_where_proofs_are_taken() {
        String algorithms = "algs=\"ES256 ES384 PS256 RS256\", ";
        Challenges both = new Challenges(Optional.of(resource().dpop(false).build()));
        Challenges only = new Challenges(Optional.of(resource().dpop(true).build()));

        assertThat(both.of(Reason.UNAUTHENTICATED, presented("dpop")))
                .containsExactly(
                        "Bearer " + METADATA + ", scope=\"mcp orders:read\"",
                        "DPoP error=\"invalid_token\", " + algorithms + METADATA + ", scope=\"mcp orders:read\"");
        assertThat(only.of(Reason.UNAUTHENTICATED, Optional.empty()))
                .containsExactly("DPoP " + algorithms + METADATA + ", scope=\"mcp orders:read\"");
        assertThat(only.of(Reason.UNAUTHENTICATED, presented("bearer")))
                .singleElement()
                .asString()
                .startsWith("DPoP error=\"invalid_token\"");
    }

    @Test
    void asks_for_all_scopes_of_an_operation_at_once() {
        Challenges challenges = new Challenges(Optional.of(resource().build()));

        assertThat(challenges.ofScopes(List.of("orders:write", "orders:read"), presented("bearer")))
                .containsExactly(
                        "Bearer error=\"insufficient_scope\", " + METADATA + ", scope=\"orders:read orders:write\"");
        assertThat(challenges.ofScopes(List.of("a\" b", "ok"), presented("dpop")))
                .containsExactly("DPoP error=\"insufficient_scope\", " + METADATA + ", scope=\"ok\"");
    }

    @Test
    void a_service_with_keys_only_asks_as_ever() {
        Challenges keys = new Challenges(Optional.empty());

        assertThat(keys.of(Reason.UNAUTHENTICATED, Optional.empty())).containsExactly("Bearer");
        assertThat(keys.of(Reason.UNAUTHENTICATED, presented("bearer")))
                .containsExactly("Bearer error=\"invalid_token\"");
        assertThat(keys.isResource()).isFalse();
    }

    @Test
    void what_clients_would_refuse_is_refused_at_the_start() {
        assertThatThrownBy(() -> ProtectedResource.builder(URI.create("http://api.example.com"), List.of())
                        .scopes(Set.of("two words", "offline_access"))
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems()).hasSize(5));
        assertThatThrownBy(() -> ProtectedResource.builder(RESOURCE, List.of(URI.create("http://login.example.com")))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("use https");
        assertThat(ProtectedResource.builder(URI.create("http://localhost:8080/mcp"), List.of(SERVER))
                        .build()
                        .metadata())
                .isEqualTo(URI.create("http://localhost:8080/.well-known/oauth-protected-resource/mcp"));
    }
}
