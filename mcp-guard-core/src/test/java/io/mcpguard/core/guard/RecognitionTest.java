package io.mcpguard.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.resource.Challenges;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.profile.State;
import io.mcpguard.verification.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Callers that a verifier knows by name, and a proof that is good for one question only. */
class RecognitionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final List<Profile> profiles = new ArrayList<>();
    private final List<AuditEvent> records = new ArrayList<>();
    private int asked;

    /** Takes the token {@code token} once, and whenever it need not be proved again. */
    private Verification verify(Credential credential, Presentation presentation) {
        if (credential.reveal().equals("down")) {
            throw new VerifierUnavailableException("the authorization server is down", null);
        }
        if (!credential.reveal().equals("token")) {
            return new Verification.NotMine();
        }
        if (!presentation.isOngoing() && ++asked > 1) {
            return new Verification.Rejected("t1", "proof-replayed");
        }
        return new Verification.Established(
                new Principal(
                        "ann",
                        Set.of("buyers", "ADMIN"),
                        Principal.Source.GUARD,
                        "t1",
                        CredentialKind.JWT,
                        Set.of("orders:read"),
                        Map.of("team", Set.of("red"))),
                Optional.empty());
    }

    private Guard guard() {
        ProfileStore store = new ProfileStore() {
            @Override
            public Optional<Profile> find(ProfileId id) {
                return profiles.stream()
                        .filter(profile -> profile.id().equals(id))
                        .findFirst();
            }

            @Override
            public List<Profile> all() {
                return List.copyOf(profiles);
            }
        };
        return new Guard(
                Published.catalog(),
                store,
                List.of(this::verify),
                List.of(),
                demands -> new Reservation.Granted(() -> {}, new Standing("calls", 60, 59, Duration.ZERO)),
                records::add,
                UUID::randomUUID,
                () -> NOW,
                GuardSettings.standard(),
                UnrecordedCalls.refused(),
                DenialRecords.EACH,
                new Challenges(Optional.empty()));
    }

    private void add(String id, Binding binding) {
        profiles.add(Profile.builder(new ProfileId(id), new Client(new ClientId("claude"), "Claude", State.ENABLED))
                .principal("svc", Set.of("READER"))
                .binding(binding)
                .grants(List.of(new Grant("orders", Set.of("*"), Set.of("GET"))))
                .build());
    }

    private static RequestFacts facts(String token, Optional<String> profile) {
        return new RequestFacts(
                Channel.MCP,
                "tools/call",
                new AuditTarget("execute_endpoint", "tools/call"),
                Optional.of(new Credential("dpop", token)),
                Optional.empty(),
                profile,
                AuditSource.of("192.0.2.7", 4711),
                NOW);
    }

    private static Caller caller(Identification identification) {
        assertThat(identification).isInstanceOf(Identification.Identified.class);
        return ((Identification.Identified) identification).caller();
    }

    @Test
    void a_token_picks_the_profile_that_is_bound_to_it_and_brings_no_role_of_its_own_to_the_service() {
        add("by-role", new Binding(Set.of(), Set.of("buyers")));
        add("of-others", new Binding(Set.of("bob"), Set.of("sellers")));

        Caller caller = caller(guard().identify(facts("token", Optional.empty()), AuthContext.none()));

        assertThat(caller.profile().id().value()).isEqualTo("by-role");
        assertThat(caller.principal().name()).isEqualTo("ann");
        assertThat(caller.principal().roles()).containsExactly("READER");
        assertThat(caller.principal().kind()).isEqualTo(CredentialKind.JWT);
        assertThat(caller.principal().scopes()).containsExactly("orders:read");
        assertThat(caller.principal().claims()).isEqualTo(Map.of("team", Set.of("red")));
    }

    @Test
    void a_token_without_a_profile_or_with_several_is_refused() {
        Identification none = guard().identify(facts("token", Optional.empty()), AuthContext.none());
        assertThat(((Refusal) none).reason().code()).isEqualTo("profile-not-entitled");
        assertThat(records.get(0).caller().credentialId()).contains("t1");

        asked = 0;
        add("one", new Binding(Set.of("ann"), Set.of()));
        add("two", new Binding(Set.of(), Set.of("ADMIN")));
        Identification both = guard().identify(facts("token", Optional.empty()), AuthContext.none());
        assertThat(((Refusal) both).reason().code()).isEqualTo("profile-required");

        asked = 0;
        assertThat(caller(guard().identify(facts("token", Optional.of("two")), AuthContext.none()))
                        .profile()
                        .id()
                        .value())
                .isEqualTo("two");
    }

    @Test
    void verifiers_are_asked_once_per_request_and_their_answer_is_what_is_recorded() {
        Guard guard = guard();
        RequestFacts facts = facts("token", Optional.empty());

        Recognition recognition = guard.recognize(facts);
        assertThat(recognition.isGuards()).isTrue();
        assertThat(recognition.identified()).isEmpty();
        assertThat(records).isEmpty();

        Identification refused = guard.identify(facts, recognition, AuthContext.none());
        assertThat(((Refusal) refused).reason().code()).isEqualTo("profile-not-entitled");
        assertThat(records).singleElement().satisfies(event -> {
            assertThat(event.stage()).isEqualTo(Stage.DENIED);
            assertThat(event.verdict().detail()).isEqualTo("principal-has-no-profile");
        });
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void what_the_guard_has_judged_is_not_judged_by_the_service_again() {
        add("reader", new Binding(Set.of("ann"), Set.of()));
        Guard guard = guard();
        AuthContext host = () -> Optional.of(new Principal("ann", Set.of(), Principal.Source.HOST, ""));

        RequestFacts down = facts("down", Optional.empty());
        Recognition unanswered = guard.recognize(down);
        assertThat(unanswered.isGuards()).isTrue();
        assertThat(((Refusal) guard.identify(down, unanswered, host)).reason().code())
                .isEqualTo("guard-unavailable");

        RequestFacts foreign = facts("something else", Optional.empty());
        Recognition notOurs = guard.recognize(foreign);
        assertThat(notOurs.isGuards()).isFalse();
        assertThat(caller(guard.identify(foreign, notOurs, host)).principal().source())
                .isEqualTo(Principal.Source.HOST);
    }

    @Test
    void a_stream_is_looked_at_again_without_a_second_proof_and_ends_with_its_profile() {
        add("reader", new Binding(Set.of("ann"), Set.of()));
        Guard guard = guard();
        RequestFacts facts = facts("token", Optional.empty());
        assertThat(guard.recognize(facts).identified()).isPresent();

        assertThat(guard.recognizeAgain(facts, AuthContext.none())).isPresent();

        profiles.clear();
        assertThat(guard.recognizeAgain(facts, AuthContext.none())).isEmpty();
        assertThat(records).isEmpty();
    }
}
