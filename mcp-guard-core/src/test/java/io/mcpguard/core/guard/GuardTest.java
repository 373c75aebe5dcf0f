package io.mcpguard.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.resource.Challenges;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.OperationNames;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.profile.State;
import io.mcpguard.profile.TimeWindow;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Client CLIENT = new Client(new ClientId("claude"), "Claude", State.ENABLED);

    /** A plug-in that breaks its contract and answers nothing. */
    @SuppressWarnings("NullAway")
    private static final Limiter SILENT = demands -> null;

    @SuppressWarnings("NullAway")
    private static final DecisionRule SILENT_RULE = (caller, operation) -> null;

    private final Catalog catalog = Published.catalog();
    private final List<AuditEvent> records = new ArrayList<>();
    private final List<Profile> profiles = new ArrayList<>();
    private final List<DecisionRule> rules = new ArrayList<>();
    private final AtomicInteger releases = new AtomicInteger();
    private boolean trailWorks = true;
    private boolean storeWorks = true;
    private Limiter limiter =
            demands -> new Reservation.Granted(releases::incrementAndGet, new Standing("calls", 60, 59, Duration.ZERO));

    private final ProfileStore store = new ProfileStore() {
        @Override
        public Optional<Profile> find(ProfileId id) {
            return all().stream().filter(profile -> profile.id().equals(id)).findFirst();
        }

        @Override
        public List<Profile> all() {
            if (!storeWorks) {
                throw new StoreUnavailableException("the test store is down", null);
            }
            return List.copyOf(profiles);
        }
    };

    /** Knows the credential {@code key:<profile>} and refuses every other one that starts with {@code key:}. */
    private final CredentialVerifier verifier = (credential, presentation) -> {
        String value = credential.reveal();
        if (!value.startsWith("key:")) {
            return new Verification.NotMine();
        }
        return value.equals("key:wrong")
                ? new Verification.Rejected("k0", "key-wrong")
                : new Verification.Verified("k1", new ProfileId(value.substring(4)), Optional.empty());
    };

    private Guard guard() {
        return new Guard(
                catalog,
                store,
                List.of(verifier),
                rules,
                limiter,
                event -> {
                    if (!trailWorks) {
                        throw new AuditWriteException("the test disk is full", null);
                    }
                    records.add(event);
                },
                UUID::randomUUID,
                () -> NOW,
                GuardSettings.standard(),
                UnrecordedCalls.refused(),
                DenialRecords.EACH,
                new Challenges(Optional.empty()));
    }

    private Profile add(String id, UnaryOperator<Profile.Builder> more) {
        Profile profile = more.apply(Profile.builder(new ProfileId(id), CLIENT)
                        .principal("svc", Set.of("READER"))
                        .limits(List.of(new Limit.Rate("calls", 60, Duration.ofMinutes(1))))
                        .grants(List.of(new Grant("orders", Set.of("get*", "listOrders"), Set.of("GET")))))
                .build();
        profiles.add(profile);
        return profile;
    }

    private static RequestFacts facts(@Nullable String credential, @Nullable String client, @Nullable String profile) {
        return new RequestFacts(
                Channel.MCP,
                "tools/call",
                new AuditTarget("execute_endpoint", "tools/call"),
                Optional.ofNullable(credential).map(value -> new Credential("bearer", value)),
                Optional.ofNullable(client),
                Optional.ofNullable(profile),
                AuditSource.of("192.0.2.7", 4711),
                NOW);
    }

    private static AuthContext host(String name, String... roles) {
        return () -> Optional.of(new Principal(name, Set.of(roles), Principal.Source.HOST, ""));
    }

    private Caller caller(Profile profile) {
        return new Caller(new Principal("svc", Set.of("READER"), Principal.Source.GUARD, "k1"), profile);
    }

    private PublishedOperation operation(String id) {
        return catalog.find(id).orElseThrow();
    }

    private AuditEvent last() {
        return records.get(records.size() - 1);
    }

    @Test
    void a_key_identifies_its_profile_and_the_principal_that_the_profile_names() {
        add("reader", builder -> builder);

        Identification found = guard().identify(facts("key:reader", "claude", "reader"), AuthContext.none());

        assertThat(found).isInstanceOfSatisfying(Identification.Identified.class, identified -> {
            assertThat(identified.caller().principal())
                    .isEqualTo(new Principal("svc", Set.of("READER"), Principal.Source.GUARD, "k1"));
            assertThat(identified.caller().profile().id().value()).isEqualTo("reader");
        });
        assertThat(records).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,         -,      -,      unauthenticated,      no-credential",
                "other,     -,      -,      unauthenticated,      credential-not-accepted",
                "key:wrong, -,      -,      unauthenticated,      key-wrong",
                "key:gone,  -,      -,      unauthenticated,      profile-of-key-gone",
                "key:reader,-,      writer, profile-not-entitled, header-selects-another-profile",
                "key:reader,cursor, reader, profile-not-entitled, header-selects-another-profile",
                "key:reader,-,      nobody, profile-not-entitled, header-selects-another-profile"
            })
    void who_is_not_entitled_is_refused_and_recorded(
            @Nullable String credential,
            @Nullable String client,
            @Nullable String profile,
            String reason,
            String detail) {
        add("reader", builder -> builder);
        add("writer", builder -> builder);

        Identification found = guard().identify(facts(credential, client, profile), AuthContext.none());

        assertThat(found)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reason().code()).isEqualTo(reason));
        assertThat(last().stage()).isEqualTo(Stage.DENIED);
        assertThat(last().verdict().detail()).isEqualTo(detail);
        assertThat(last().caller().clientId()).isEqualTo("anonymous");
    }

    @Test
    void a_refused_key_never_falls_back_to_the_services_own_login() {
        add("bound", builder -> builder.binding(new Binding(Set.of("alice"), Set.of())));

        assertThat(guard().identify(facts("key:wrong", null, null), host("alice")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_principal_of_the_service_uses_the_profile_it_is_bound_to() {
        add("by-name", builder -> builder.binding(new Binding(Set.of("alice"), Set.of())));
        add("by-role", builder -> builder.binding(new Binding(Set.of(), Set.of("ADMIN"))));

        assertThat(guard().identify(facts(null, null, null), host("alice")))
                .isInstanceOf(Identification.Identified.class);
        assertThat(guard().identify(facts(null, null, "by-role"), host("carol", "ADMIN")))
                .isInstanceOf(Identification.Identified.class);
        assertThat(guard().identify(facts(null, null, null), host("alice", "ADMIN")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PROFILE_REQUIRED));
        assertThat(guard().identify(facts(null, null, "by-role"), host("alice")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PROFILE_NOT_ENTITLED));
        assertThat(guard().identify(facts(null, null, null), host("bob")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PROFILE_NOT_ENTITLED));
    }

    @Test
    void a_profile_that_is_not_active_is_refused_whatever_the_key() {
        add("suspended", builder -> builder.state(State.SUSPENDED));
        add("early", builder -> builder.valid(NOW.plusMillis(1), null));
        add("late", builder -> builder.valid(null, NOW));
        add("elsewhere", builder -> builder.networks(List.of(new AddressRange("10.0.0.0/8"))));

        for (String profile : List.of("suspended", "early", "late")) {
            assertThat(guard().identify(facts("key:" + profile, null, null), AuthContext.none()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PROFILE_INACTIVE));
        }
        assertThat(guard().identify(facts("key:elsewhere", null, null), AuthContext.none()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NETWORK_NOT_ALLOWED));
        assertThat(last().caller().profileId()).isEqualTo("elsewhere");
    }

    @Test
    void a_store_that_does_not_answer_denies() {
        add("reader", builder -> builder);
        storeWorks = false;

        assertThat(guard().identify(facts("key:reader", null, null), AuthContext.none()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.GUARD_UNAVAILABLE));
        assertThat(last().verdict().detail()).isEqualTo("store-unavailable");
    }

    @Test
    void what_is_visible_is_exactly_what_can_be_found_and_opened() {
        Profile profile = add("reader", builder -> builder);
        rules.add((caller, operation) -> operation.id().value().equals("getOrder")
                ? new Decision.Deny(Reason.RULE_REFUSED, "not-today")
                : new Decision.Allow("mine"));
        Guard guard = guard();
        Caller caller = caller(profile);

        assertThat(guard.visible(caller)).extracting(PublishedOperation::id).containsExactly("listOrders");
        for (PublishedOperation operation : catalog.operations()) {
            boolean visible = operation.id().equals("listOrders");
            assertThat(guard.find(caller, operation.id()).isPresent()).isEqualTo(visible);
            assertThat(guard.open(facts("key:reader", null, null), caller, operation) instanceof GuardedCall)
                    .isEqualTo(visible);
        }
    }

    private static DenyRule deny(String name, String operation, boolean trial) {
        return new DenyRule(
                name,
                Optional.empty(),
                Optional.of(OperationNames.of(Set.of(operation))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                trial);
    }

    @Test
    void a_rule_that_denies_always_wins_and_hides_what_it_closes() {
        Profile profile = add("reader", builder -> builder.denials(List.of(deny("no-single", "get*", false))));
        Guard guard = guard();
        Caller caller = caller(profile);

        assertThat(guard.visible(caller)).extracting(PublishedOperation::id).containsExactly("listOrders");
        assertThat(guard.find(caller, "getOrder")).isEmpty();
        assertThat(guard.unavailable(facts("key:reader", null, null), caller, "getOrder")
                        .reason())
                .isEqualTo(Reason.OPERATION_NOT_AVAILABLE);
        assertThat(last().verdict().detail()).isEqualTo("deny:no-single");
        assertThat(guard.open(facts("key:reader", null, null), caller, operation("getOrder")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OPERATION_NOT_AVAILABLE));
        assertThat(last().stage()).isEqualTo(Stage.DENIED);
        assertThat(last().target().operationId()).isEqualTo("getOrder");
    }

    @Test
    void a_rule_on_trial_lets_the_call_go_and_stands_in_its_records() {
        Profile rule = add(
                "rule",
                builder ->
                        builder.denials(List.of(deny("no-single", "get*", true), deny("no-orders", "*Order", true))));
        Profile whole = add("whole", builder -> builder.trial(true).denials(List.of(deny("no-single", "get*", false))));

        for (Profile profile : List.of(rule, whole)) {
            Opening opening =
                    guard().open(facts("key:" + profile.id(), null, null), caller(profile), operation("getOrder"));

            assertThat(((GuardedCall) opening).begin(Map.of(), 0)).isEmpty();
            assertThat(last().stage()).isEqualTo(Stage.INTENT);
            assertThat(last().verdict().allowed()).isTrue();
        }
        assertThat(records)
                .extracting(event -> event.verdict().detail())
                .containsExactly(
                        "grant:orders trial:deny:no-single trial:deny:no-orders", "grant:orders trial:deny:no-single");
    }

    @Test
    void trial_opens_nothing_that_no_grant_opens() {
        Profile profile = add("reader", builder -> builder.trial(true));

        assertThat(guard().visible(caller(profile)))
                .extracting(PublishedOperation::id)
                .containsExactly("getOrder", "listOrders");
        assertThat(guard().open(facts(null, null, null), caller(profile), operation("deleteOrder")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void outside_its_times_a_profile_is_not_active_even_on_trial() {
        TimeWindow now = new TimeWindow(
                EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(10, 0), LocalTime.of(10, 1), ZoneId.of("UTC"));
        TimeWindow earlier =
                new TimeWindow(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(9, 0), LocalTime.of(10, 0), ZoneId.of("UTC"));
        add("inside", builder -> builder.times(List.of(earlier, now)));
        add("outside", builder -> builder.times(List.of(earlier)).trial(true));

        assertThat(guard().identify(facts("key:inside", null, null), AuthContext.none()))
                .isInstanceOf(Identification.Identified.class);
        assertThat(guard().recognize(facts("key:outside", null, null)).identified())
                .isEmpty();
        assertThat(guard().identify(facts("key:outside", null, null), AuthContext.none()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PROFILE_INACTIVE));
        assertThat(last().verdict().detail()).isEqualTo("outside-times");
    }

    @Test
    void a_profile_without_grants_and_a_grant_without_operations_or_methods_open_nothing() {
        Profile none = add("none", builder -> builder.grants(List.of()));
        Profile noOperations =
                add("a", builder -> builder.grants(List.of(new Grant("orders", Set.of(), Set.of("GET")))));
        Profile noMethods = add("b", builder -> builder.grants(List.of(new Grant("orders", Set.of("*"), Set.of()))));

        for (Profile profile : List.of(none, noOperations, noMethods)) {
            assertThat(guard().visible(caller(profile))).isEmpty();
        }
    }

    @Test
    void a_rule_that_throws_or_answers_nothing_denies() {
        Profile profile = add("reader", builder -> builder);
        rules.add((caller, operation) -> {
            if (operation.id().value().equals("getOrder")) {
                throw new IllegalStateException("broken rule");
            }
            return SILENT_RULE.decide(caller, operation);
        });

        assertThat(guard().visible(caller(profile))).isEmpty();
        assertThat(guard().open(facts(null, null, null), caller(profile), operation("getOrder")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_limiter_that_refuses_throws_or_answers_nothing_opens_no_call() {
        Profile profile = add("reader", builder -> builder);
        List<Limiter> bad = new ArrayList<>();
        bad.add(demands -> new Reservation.Refused(new Standing("calls", 60, 0, Duration.ofMillis(1500))));
        bad.add(demands -> {
            throw new IllegalStateException("broken limiter");
        });
        bad.add(SILENT);

        for (Limiter each : bad) {
            limiter = each;
            assertThat(guard().open(facts(null, null, null), caller(profile), operation("getOrder")))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(records)
                .extracting(event -> event.verdict().reason())
                .containsExactly("limit-reached", "guard-unavailable", "guard-unavailable");
        assertThat(records.get(0).verdict().limit()).hasValueSatisfying(limit -> {
            assertThat(limit.name()).isEqualTo("calls");
            assertThat(limit.retryAfterMillis()).isEqualTo(1500);
        });
    }

    @Test
    void a_refusal_by_a_limit_says_how_long_to_wait() {
        Profile profile = add("reader", builder -> builder);
        limiter = demands -> new Reservation.Refused(new Standing("calls", 60, 0, Duration.ofMillis(1500)));

        Refusal refusal = (Refusal) guard().open(facts(null, null, null), caller(profile), operation("getOrder"));

        assertThat(refusal.retryAfterSeconds()).isEqualTo(2);
        assertThat(refusal.document().get("limit").stringValue()).isEqualTo("calls");
        assertThat(refusal.document().get("retry_after_seconds").intValue()).isEqualTo(2);
        assertThat(refusal.document().get("status").intValue()).isEqualTo(429);
    }

    @Test
    void a_call_leaves_an_intent_and_an_outcome_and_gives_back_its_permit() {
        Profile profile = add("reader", builder -> builder);
        GuardedCall call =
                (GuardedCall) guard().open(facts("key:reader", null, null), caller(profile), operation("getOrder"));

        assertThat(call.begin(Map.of("/path/orderId", "masked"), 0)).isEmpty();
        assertThat(releases).hasValue(0);
        assertThat(call.end(404, 17)).isEmpty();

        assertThat(records).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(records).extracting(AuditEvent::callId).containsOnly(call.callId());
        assertThat(records).extracting(event -> event.target().template()).containsOnly("GET /api/orders/{orderId}");
        assertThat(records.get(0).arguments()).containsEntry("/path/orderId", "masked");
        assertThat(last().result().outcome()).isEqualTo(AuditResult.Outcome.FAILURE);
        assertThat(last().result().httpStatus()).hasValue(404);
        assertThat(releases).hasValue(1);
    }

    @Test
    void a_call_whose_intent_cannot_be_recorded_must_not_begin() {
        Profile profile = add("reader", builder -> builder);
        GuardedCall call = (GuardedCall) guard().open(facts(null, null, null), caller(profile), operation("getOrder"));
        trailWorks = false;

        assertThat(call.begin(Map.of(), 0))
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.AUDIT_UNAVAILABLE));
        assertThat(releases).hasValue(1);
        assertThatThrownBy(() -> call.end(200, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_result_whose_outcome_cannot_be_recorded_is_withheld() {
        Profile profile = add("reader", builder -> builder);
        GuardedCall call = (GuardedCall) guard().open(facts(null, null, null), caller(profile), operation("getOrder"));
        assertThat(call.begin(Map.of(), 0)).isEmpty();
        trailWorks = false;

        assertThat(call.end(200, 5))
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OUTCOME_UNRECORDED));
        assertThat(releases).hasValue(1);
    }

    @Test
    void a_call_ends_once() {
        Profile profile = add("reader", builder -> builder);
        GuardedCall call = (GuardedCall) guard().open(facts(null, null, null), caller(profile), operation("getOrder"));
        call.begin(Map.of(), 0);

        assertThat(call.failed(Reason.NO_ANSWER, "operation-timeout").reason()).isEqualTo(Reason.NO_ANSWER);
        assertThat(last().result().outcome()).isEqualTo(AuditResult.Outcome.UNKNOWN);
        assertThatThrownBy(() -> call.end(200, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(releases).hasValue(1);
    }

    @Test
    void a_listing_that_cannot_be_recorded_is_refused() {
        Profile profile = add("reader", builder -> builder);
        assertThat(guard().listed(facts(null, null, null), caller(profile))).isEmpty();
        assertThat(last().stage()).isEqualTo(Stage.OUTCOME);
        trailWorks = false;

        assertThat(guard().listed(facts(null, null, null), caller(profile))).isPresent();
    }

    @Test
    void too_many_failures_from_one_address_are_told_to_wait() {
        limiter = demands -> demands.get(0).key().scope().equals("address")
                ? new Reservation.Refused(new Standing("refused-requests", 60, 0, Duration.ofSeconds(3)))
                : new Reservation.Granted(() -> {}, Standing.none());
        add("reader", builder -> builder);

        assertThat(guard().identify(facts("key:wrong", null, null), AuthContext.none()))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.FLOOD);
                    assertThat(refusal.retryAfterSeconds()).isEqualTo(3);
                });
        assertThat(last().verdict().detail()).isEqualTo("key-wrong");
        assertThat(guard().identify(facts("key:reader", null, null), AuthContext.none()))
                .isInstanceOf(Identification.Identified.class);
    }
}
