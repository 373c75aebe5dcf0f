package io.mcpguard.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Principal.Source;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrincipalTest {

    @Test
    void says_by_its_source_what_kind_of_credential_it_had_unless_told() {
        assertThat(new Principal("ann", Set.of(), Source.HOST, "").kind()).isEqualTo(CredentialKind.HOST);
        assertThat(new Principal("svc", Set.of(), Source.GUARD, "k1").kind()).isEqualTo(CredentialKind.API_KEY);
        assertThat(new Principal("ann", Set.of(), Source.HOST, "")
                        .withKind(CredentialKind.JWT)
                        .kind())
                .isEqualTo(CredentialKind.JWT);
    }

    @Test
    void keeps_its_own_copy_of_claims() {
        Set<String> teams = new HashSet<>(Set.of("red"));
        Map<String, Set<String>> claims = new HashMap<>(Map.of("team", teams));
        Principal principal = new Principal("ann", Set.of(), Source.GUARD, "t1").withClaims(claims);

        teams.add("blue");
        claims.put("tenant", Set.of("other"));

        assertThat(principal.claims()).isEqualTo(Map.of("team", Set.of("red")));
        assertThatThrownBy(() -> principal.claims().put("x", Set.of()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void changes_one_thing_at_a_time() {
        Principal principal = new Principal("ann", Set.of("A"), Source.GUARD, "t1")
                .withKind(CredentialKind.OPAQUE_TOKEN)
                .withScopes(Set.of("orders:read"))
                .withClaims(Map.of("team", Set.of("red")))
                .withRoles(Set.of("B"));

        assertThat(principal)
                .isEqualTo(new Principal(
                        "ann",
                        Set.of("B"),
                        Source.GUARD,
                        "t1",
                        CredentialKind.OPAQUE_TOKEN,
                        Set.of("orders:read"),
                        Map.of("team", Set.of("red"))));
    }

    @Test
    void what_was_presented_is_hidden_from_every_log() {
        Presentation presentation = Presentation.of("POST", Optional.of(URI.create("https://api.example.com/mcp")))
                .withProofs(List.of("proof-0123456789"));

        assertThat(presentation.ongoing().toString()).isEqualTo("Presentation[hidden]");
        assertThat(new Credential("dpop", "token-0123456789").toString()).isEqualTo("Credential[hidden]");
    }
}
