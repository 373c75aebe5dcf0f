package io.mcpguard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.OperationNames;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.State;
import io.mcpguard.profile.TimeWindow;
import io.mcpguard.profile.ToolMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileDocumentTest {

    static final String HASH = "hmac-sha256:k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    static final String WHOLE = """
        # Who may use the orders service.
        version: 1
        clients:
          - id: claude-assistant
            name: Claude
          - {id: old-bot, state: suspended}
        profiles:
          - id: developer-readonly
            client: claude-assistant
            description: Reads orders
            state: enabled
            validFrom: 2026-01-01T00:00:00Z
            validUntil: 2027-01-01T01:00:00+01:00
            principal: svc-claude
            roles: [ROLE_READER]
            bind: {principals: [ann], roles: [ROLE_OPS]}
            grants:
              - product: orders
                operations: [get-order, 'list-*']
                methods: [GET]
            limits:
              - {name: minute, permits: 60, per: PT1M}
              - {name: day, permits: 1000, per: 1d}
              - {name: flight, concurrency: 4}
            networks: [10.0.0.0/8, "2001:db8::/32"]
          - id: closed
            client: old-bot
            state: suspended
        credentials:
          - id: Ab12Cd34
            profile: developer-readonly
            hash: hmac-sha256:k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            created: 2026-01-01T00:00:00Z
            notBefore: 2026-01-02T00:00:00Z
            expires: 2026-12-31T23:59:59Z
            state: active
            supersededBy: "12345678"
            comment: for the team's laptop
          - id: "12345678"
            profile: developer-readonly
            hash: hmac-sha256:k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            kind: test
            created: 2026-06-01T00:00:00Z
            state: revoked
        """;

    @TempDir
    Path folder;

    @Test
    void reads_every_part() throws IOException {
        ProfileDocument document = read(WHOLE);

        assertThat(document.clients())
                .extracting(client -> client.id() + " " + client.name() + " " + client.state())
                .containsExactly("claude-assistant Claude ENABLED", "old-bot old-bot SUSPENDED");
        Profile profile = document.profiles().get(0);
        assertThat(profile.client().name()).isEqualTo("Claude");
        assertThat(profile.description()).isEqualTo("Reads orders");
        assertThat(profile.validFrom()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(profile.validUntil()).contains(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(profile.principalName()).contains("svc-claude");
        assertThat(profile.roles()).containsExactly("ROLE_READER");
        assertThat(profile.binding()).isEqualTo(new Binding(Set.of("ann"), Set.of("ROLE_OPS")));
        assertThat(profile.grants()).containsExactly(new Grant("orders", Set.of("get-order", "list-*"), Set.of("GET")));
        assertThat(profile.limits())
                .containsExactly(
                        new Limit.Rate("minute", 60, Duration.ofMinutes(1)),
                        new Limit.Rate("day", 1000, Duration.ofDays(1)),
                        new Limit.Concurrency("flight", 4));
        assertThat(profile.networks())
                .containsExactly(new AddressRange("10.0.0.0/8"), new AddressRange("2001:db8::/32"));
        assertThat(document.profiles().get(1).state()).isEqualTo(State.SUSPENDED);
        assertThat(document.profiles().get(1).grants()).isEmpty();
    }

    @Test
    void reads_records_of_keys() throws IOException {
        List<ApiKeyRecord> records = read(WHOLE).credentials();

        assertThat(records.get(0).expires()).contains(Instant.parse("2026-12-31T23:59:59Z"));
        assertThat(records.get(0).notBefore()).contains(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(records.get(0).supersededBy()).contains("12345678");
        assertThat(records.get(0).comment()).isEqualTo("for the team's laptop");
        assertThat(records.get(0).kind()).isEqualTo(ApiKey.Kind.LIVE);
        assertThat(records.get(1).kind()).isEqualTo(ApiKey.Kind.TEST);
        assertThat(records.get(1).state()).isEqualTo(ApiKeyRecord.State.REVOKED);
        assertThat(records.get(1).hash().text()).isEqualTo(HASH);
    }

    @Test
    void a_profile_may_choose_how_its_tools_are_shown() throws IOException {
        assertThat(read(WHOLE).profiles().get(0).tools()).isEmpty();
        for (ToolMode mode : ToolMode.values()) {
            String word = mode.name().toLowerCase(Locale.ROOT);
            String chosen = WHOLE.replace("    networks:", "    tools: " + word + "\n    networks:");
            assertThat(read(chosen).profiles().get(0).tools()).contains(mode);
        }
    }

    @Test
    void a_file_may_have_nothing_but_a_version() throws IOException {
        ProfileDocument document = read("version: 1\nclients:\nprofiles: []\n");

        assertThat(document.clients()).isEmpty();
        assertThat(document.profiles()).isEmpty();
        assertThat(document.credentials()).isEmpty();
    }

    @Test
    void the_version_of_a_profile_follows_its_meaning_and_not_its_layout() throws IOException {
        String version = read(WHOLE).profiles().get(0).version();

        String laidOut = WHOLE.replace("[get-order, 'list-*']", "['list-*', get-order] # the same")
                .replace("per: PT1M", "per: 1m");
        assertThat(read(laidOut).profiles().get(0).version()).isEqualTo(version);
        for (List<String> change : List.of(
                List.of("permits: 60", "permits: 61"),
                List.of("methods: [GET]", "methods: [GET, POST]"),
                List.of("name: Claude", "name: Claude, suspended"),
                List.of("10.0.0.0/8", "10.0.0.0/9"),
                List.of("principals: [ann]", "principals: [bob]"),
                List.of("networks:", "tools: direct\n    networks:"),
                List.of("principal: svc-claude", "principal: svc-other"))) {
            assertThat(read(WHOLE.replace(change.get(0), change.get(1)))
                            .profiles()
                            .get(0)
                            .version())
                    .as("%s", change)
                    .isNotEqualTo(version)
                    .hasSize(16);
        }
    }

    @Test
    void a_grant_opens_tools_prompts_and_resources_by_methods_of_their_own() throws IOException {
        Grant grant = read(WHOLE.replace("methods: [GET]", "methods: [TOOL, PROMPT, RESOURCE]"))
                .profiles()
                .get(0)
                .grants()
                .get(0);

        assertThat(grant.methods()).containsExactlyInAnyOrder("TOOL", "PROMPT", "RESOURCE");
        assertThat(grant.covers(operation("TOOL"))).isTrue();
        assertThat(grant.covers(operation("GET"))).isFalse();
    }

    private static Operation operation(String method) {
        return Operation.builder(new OperationId("get-order"), "orders", method, "/orders")
                .build();
    }

    /** A profile with every rule there is. */
    static final String RULED = """
        version: 1
        clients: [{id: claude}]
        profiles:
          - id: ruled
            client: claude
            owner: Dana of the orders team
            trial: true
            grants:
              - {product: orders, operations: ['*'], methods: [GET, POST], tags: [support], readOnly: true}
            deny:
              - {name: no-export, operations: ['export*'], trial: true}
              - {name: no-writes, product: orders, methods: [POST], tags: [billing, payroll], readOnly: false}
            times:
              - {days: [mon, fri], from: '08:00', to: '24:00', zone: Europe/Berlin}
        """;

    @Test
    void reads_grants_by_tag_and_effect_rules_that_deny_and_times() throws IOException {
        Profile profile = read(RULED).profiles().get(0);

        assertThat(profile.owner()).isEqualTo("Dana of the orders team");
        assertThat(profile.trial()).isTrue();
        assertThat(profile.grants())
                .containsExactly(new Grant(
                        "orders",
                        OperationNames.of(Set.of("*")),
                        Set.of("GET", "POST"),
                        Optional.of(Set.of("support")),
                        true));
        assertThat(profile.denials())
                .containsExactly(
                        new DenyRule(
                                "no-export",
                                Optional.empty(),
                                Optional.of(OperationNames.of(Set.of("export*"))),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true),
                        new DenyRule(
                                "no-writes",
                                Optional.of("orders"),
                                Optional.empty(),
                                Optional.of(Set.of("POST")),
                                Optional.of(Set.of("billing", "payroll")),
                                Optional.of(false),
                                false));
        assertThat(profile.times())
                .containsExactly(new TimeWindow(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(8, 0),
                        LocalTime.MIDNIGHT,
                        ZoneId.of("Europe/Berlin")));
    }

    static Stream<Arguments> mistakesInRules() {
        return Stream.of(
                mistake(
                        "owner: Dana of the orders team",
                        "owner: [Dana]",
                        "line 6, column 12",
                        "'owner' must be a text"),
                mistake(
                        "trial: true",
                        "trial: yes",
                        "line 7, column 12",
                        "must be true or false, not a text; write 'trial: true'"),
                mistake("tags: [support]", "tags: []", "line 9, column 74", "'tags' is empty"),
                mistake("tags: [support]", "tags: [a b]", "line 9, column 75", "'a b' is not a valid 'tags'"),
                mistake("readOnly: true", "readOnly: false", "line 9, column 95", "would open nothing more"),
                mistake("readOnly: true", "readonly: true", "line 9, column 85", "write 'readOnly'"),
                mistake("name: no-export,", "", "line 11, column 9", "'name' is missing"),
                mistake(
                        "name: no-writes",
                        "name: no-export",
                        "line 12, column 16",
                        "a second time; give it a name of its own"),
                mistake(
                        "name: no-export",
                        "name: no export",
                        "line 11, column 16",
                        "'no export' is not a valid 'name'"),
                mistake("operations: ['export*'],", "", "line 11, column 9", "write which operations the rule closes"),
                mistake("operations: ['export*']", "operations: []", "line 11, column 39", "'operations' is empty"),
                mistake("methods: [POST], tags", "methods: [post], tags", "line 12, column 54", "upper case"),
                mistake(
                        "readOnly: false",
                        "readOnly: 'false'",
                        "line 12, column 97",
                        "must be true or false, not a text"),
                mistake("days: [mon, fri]", "days: []", "line 14, column 16", "'days' is empty"),
                mistake(
                        "days: [mon, fri]",
                        "days: [Monday]",
                        "line 14, column 17",
                        "such as [mon, tue, wed, thu, fri]"),
                mistake("days: [mon, fri],", "", "line 14, column 9", "'days' is missing"),
                mistake("from: '08:00'", "from: '8:00'", "line 14, column 34", "such as '08:00'"),
                mistake("from: '08:00'", "from: '24:00'", "line 14, column 34", "such as '08:00'"),
                mistake("to: '24:00'", "to: '24:01'", "line 14, column 47", "such as '08:00'"),
                mistake("zone: Europe/Berlin", "zone: '+01:00'", "line 14, column 62", "such as Europe/Berlin"),
                mistake(", zone: Europe/Berlin", "", "line 14, column 9", "'zone' is missing"),
                mistake("zone: Europe/Berlin", "zone: Europe/Berlim", "line 14, column 62", "such as Europe/Berlin"));
    }

    @ParameterizedTest
    @MethodSource("mistakesInRules")
    void names_the_place_of_a_mistake_in_a_rule(String right, String wrong, String place, String text) {
        assertThat(RULED).contains(right);

        List<String> problems = problems(RULED.replaceFirst(java.util.regex.Pattern.quote(right), quote(wrong)));

        assertThat(problems).hasSize(1).first().asString().startsWith(place).contains(text);
    }

    @Test
    void every_rule_is_part_of_the_version() throws IOException {
        String version = read(RULED).profiles().get(0).version();

        assertThat(read(RULED.replace("[billing, payroll]", "[payroll, billing]")
                                .replace("[mon, fri]", "[fri, mon]"))
                        .profiles()
                        .get(0)
                        .version())
                .isEqualTo(version);
        for (List<String> change : List.of(
                List.of("Dana", "Ann"),
                List.of("    trial: true\n", ""),
                List.of("tags: [support], ", ""),
                List.of(", readOnly: true", ""),
                List.of(", trial: true", ""),
                List.of("no-export", "no-exports"),
                List.of("'export*'", "'exp*'"),
                List.of("product: orders, methods: [POST]", "methods: [POST]"),
                List.of("[POST], tags", "[PUT], tags"),
                List.of("payroll", "salaries"),
                List.of("readOnly: false", "readOnly: true"),
                List.of("[mon, fri]", "[mon]"),
                List.of("08:00", "08:01"),
                List.of("24:00", "23:59"),
                List.of("Europe/Berlin", "Europe/Paris"))) {
            assertThat(RULED).contains(change.get(0));
            assertThat(read(RULED.replace(change.get(0), change.get(1)))
                            .profiles()
                            .get(0)
                            .version())
                    .as("%s", change)
                    .isNotEqualTo(version);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("version: 1", "version: 2", "line 2, column 10", "version 1 of the format only"),
                mistake("version: 1", "version: one", "line 2, column 10", "must be a whole number"),
                mistake("version: 1\n", "", "line 2, column 1", "'version' is missing; write 'version: 1'"),
                mistake("clients:", "client:", "line 3, column 1", "'client' is not known here; write 'clients'"),
                mistake("name: Claude", "nmae: Claude", "line 5, column 5", "write 'name'"),
                mistake("name: Claude", "name: 7", "line 5, column 11", "must be a text, not a number; put it in quo"),
                mistake("name: Claude", "name: {a: b}", "line 5, column 11", "must be a text, not a mapping"),
                mistake("name: Claude", "name: ''", "line 5, column 11", "not an empty text"),
                mistake(
                        "name: Claude",
                        "name: Claude\n    name: C",
                        "line 6, column 5",
                        "a second time, first in line 5"),
                mistake("id: old-bot", "id: claude-assistant", "line 6, column 10", "stands here a second time"),
                mistake("id: old-bot", "id: -bot", "line 6, column 10", "'-bot' is not a valid 'id'"),
                mistake("id: old-bot, ", "", "line 6, column 5", "'id' is missing"),
                mistake("state: suspended}", "state: off}", "line 6, column 26", "write enabled or suspended"),
                mistake(
                        "client: claude-assistant",
                        "client: claude",
                        "line 9, column 13",
                        "write one of claude-assistant"),
                mistake("    client: claude-assistant\n", "", "line 8, column 5", "'client' is missing"),
                mistake(
                        "validFrom: 2026-01-01T00:00:00Z",
                        "validFrom: 2026-01-01",
                        "line 12, column 16",
                        "with its zone"),
                mistake(
                        "2027-01-01T01:00:00+01:00",
                        "2025-01-01T00:00:00Z",
                        "line 13, column 17",
                        "not after 'validFrom'"),
                mistake("    principal: svc-claude\n", "", "line 14, column 12", "add 'principal'"),
                mistake(
                        "principal: svc-claude",
                        "principal: svc-claude\n    tools: Direct",
                        "line 15, column 12",
                        "write fixed or direct"),
                mistake(
                        "principal: svc-claude",
                        "principal: svc-claude\n    tools: []",
                        "line 15, column 12",
                        "'tools' must be a text"),
                mistake(
                        "principal: svc-claude",
                        "principal: svc-claude\n    values: [{pointer: /body/a, keep: clear}]",
                        "line 15, column 39",
                        "only the configuration of the service lets a value stand in clear"),
                mistake(
                        "principal: svc-claude",
                        "principal: svc-claude\n    values: [{pointer: body, keep: drop}]",
                        "line 15, column 24",
                        "'body' is not a valid 'pointer'; write a JSON Pointer such as /path/orderId"),
                mistake(
                        "principal: svc-claude",
                        "principal: svc-claude\n    values: [{operation: a b, pointer: /a, keep: drop}]",
                        "line 15, column 26",
                        "'a b' is not a valid 'operation'"),
                mistake(
                        "principal: svc-claude",
                        "principal: svc-claude\n    values: [{pointer: /body/a}]",
                        "line 15, column 14",
                        "'keep' is missing"),
                mistake("[ROLE_READER]", "[ROLE_ADMIN]", "line 15, column 13", "allows profiles to use ROLE_READER"),
                mistake("[ROLE_READER]", "ROLE_READER", "line 15, column 12", "must be a list, not a text"),
                mistake("[ROLE_READER]", "[]", "line 15, column 12", "'roles' is empty"),
                mistake("{principals: [ann], roles: [ROLE_OPS]}", "{}", "line 16, column 11", "binds nobody"),
                mistake("principals: [ann]", "principals: []", "line 16, column 24", "'principals' is empty"),
                mistake("principals: [ann]", "users: [ann]", "line 16, column 12", "write one of principals, roles"),
                mistake("product: orders", "produkt: orders", "line 18, column 9", "'produkt' is not known here"),
                mistake("[get-order, 'list-*']", "[]", "line 19, column 21", "'operations' is empty"),
                mistake("[get-order, 'list-*']", "['a b']", "line 19, column 22", "in which * stands for any text"),
                mistake("[get-order, 'list-*']", "[x, x]", "line 19, column 25", "twice"),
                mistake("methods: [GET]", "methods: [get]", "line 20, column 19", "upper case"),
                mistake("methods: [GET]", "methods: [tool]", "line 20, column 19", "TOOL, PROMPT, RESOURCE"),
                mistake("methods: [GET]", "methods: [FEATURE]", "line 20, column 19", "TOOL, PROMPT, RESOURCE"),
                mistake("methods: [GET]", "methods: []", "line 20, column 18", "'methods' is empty"),
                mistake("        methods: [GET]\n", "", "line 18, column 9", "'methods' is missing"),
                mistake("permits: 60", "permits: 0", "line 22, column 33", "from 1 to 999999999, not '0'"),
                mistake("permits: 60", "permits: '60'", "line 22, column 33", "without quotation marks"),
                mistake("permits: 60", "permits: 6.5", "line 22, column 33", "whole number"),
                mistake("permits: 60, ", "", "line 22, column 9", "'permits' is missing"),
                mistake("per: PT1M", "per: minute", "line 22, column 42", "such as 1m, 30s, 1h, 1d or PT1M"),
                mistake("per: PT1M", "per: 900d", "line 22, column 42", "'900d' is not a valid 'per'"),
                mistake("per: PT1M", "concurrency: 4", "line 22, column 50", "either a rate or a concurrency"),
                mistake("name: day", "name: minute", "line 23, column 16", "a name of its own"),
                mistake("[10.0.0.0/8, \"2001:db8::/32\"]", "[]", "line 25, column 15", "would open it to all"),
                mistake("10.0.0.0/8", "10.0.0.0/33", "line 25, column 16", "write a range such as 10.0.0.0/8"),
                mistake("10.0.0.0/8", "example.com", "line 25, column 16", "write a range such as 10.0.0.0/8"),
                mistake("id: closed", "id: developer-readonly", "line 26, column 9", "stands here a second time"),
                mistake("id: Ab12Cd34", "id: Ab12", "line 30, column 9", "8 letters and digits"),
                mistake("id: \"12345678\"", "id: 12345678", "line 39, column 9", "put it in quotation marks"),
                mistake("id: \"12345678\"", "id: Ab12Cd34", "line 39, column 9", "stands here a second time"),
                mistake(
                        "profile: developer-readonly",
                        "profile: dev",
                        "line 31, column 14",
                        "write one of closed, dev"),
                mistake("hmac-sha256:k1:AAAA", "sha256:AAAA", "line 32, column 11", "only mcp-guard can make one"),
                mistake("    created: 2026-01-01T00:00:00Z\n", "", "line 30, column 5", "'created' is missing"),
                mistake("expires: 2026-12-31T23:59:59Z", "expires: never", "line 35, column 14", "write a time"),
                mistake(
                        "expires: 2026-12-31T23:59:59Z",
                        "expires: 2026-01-01T00:00:00Z",
                        "line 35",
                        "before 'notBefore'"),
                mistake("    expires: 2026-12-31T23:59:59Z\n", "", "line 30, column 5", "needs an end"),
                mistake("state: active", "state: enabled", "line 36, column 12", "write active, suspended or revoked"),
                mistake("    state: active\n", "", "line 30, column 5", "'state' is missing"),
                mistake("\"12345678\"\n    comment", "Zz999999\n    comment", "line 37, column 19", "no credential"),
                mistake("kind: test", "kind: prod", "line 42, column 11", "write live or test"),
                mistake("name: Claude", "name: &a Claude", "line 5, column 11", "an anchor (&) is not allowed"),
                mistake("name: Claude", "name: !!str Claude", "line 5, column 11", "a type tag (!) is not allowed"),
                mistake("id: old-bot", "id: *a", "line 6", "an alias (*) is not allowed"),
                mistake("id: closed", "id: closed\n    <<: {a: b}", "line 27, column 5", "'<<' is not known here"),
                mistake("    name: Claude", "\tname: Claude", "line 5, column 1", "cannot be read from here on"),
                mistake("[get-order, 'list-*']", "[get-order", "line 20", "cannot be read from here on"),
                mistake("clients:", "---\nclients:", "line 4, column 1", "second document"),
                mistake("description: Reads orders", "description: [[[[[[[[[[[[[1]]]]]]]]]]]]]", "line 10", "deep"));
    }

    private static Arguments mistake(String right, String wrong, String place, String text) {
        return Arguments.of(right, wrong, place, text);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void names_the_place_of_a_mistake_and_what_to_write(String right, String wrong, String place, String text) {
        assertThat(WHOLE).contains(right);

        List<String> problems = problems(WHOLE.replaceFirst(java.util.regex.Pattern.quote(right), quote(wrong)));

        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem).startsWith(place).contains(text));
    }

    @Test
    void rules_for_values_make_another_version() throws IOException {
        String ruled = WHOLE.replace(
                "networks: [10",
                "values:\n      - {operation: get-order, pointer: /path/orderId, keep: drop}\n"
                        + "      - {pointer: /body/card, keep: mask}\n    networks: [10");

        Profile plain = read(WHOLE).profiles().get(0);
        Profile profile = read(ruled).profiles().get(0);

        assertThat(profile.values())
                .extracting(ValueRule::toString)
                .containsExactly("get-order /path/orderId DROP", "* /body/card MASK");
        assertThat(profile.version()).isNotEqualTo(plain.version());
    }

    private static String quote(String replacement) {
        return java.util.regex.Matcher.quoteReplacement(replacement);
    }

    @Test
    void names_all_mistakes_at_once_in_the_order_of_the_lines() {
        String broken = WHOLE.replace("name: Claude", "nmae: Claude")
                .replace("permits: 60", "permits: many")
                .replace("per: 1d", "per: daily")
                .replace("10.0.0.0/8", "10.0.0.0/99")
                .replace("state: active", "state: on");

        assertThat(problems(broken))
                .extracting(problem -> problem.substring(0, problem.indexOf(',')))
                .containsExactly("line 5", "line 22", "line 23", "line 25", "line 36");
    }

    @Test
    void one_mistake_does_not_cause_another() {
        assertThat(problems(WHOLE.replace("state: suspended}", "state: off}"))).hasSize(1);
        assertThat(problems(WHOLE.replace("methods: [GET]", "methods: [get]"))).hasSize(1);
        assertThat(problems(WHOLE.replace("state: active", "state: on"))).hasSize(1);
    }

    @Test
    void an_empty_file_is_a_mistake() {
        for (String empty : List.of("", "\n", "# nothing\n", "---\n")) {
            assertThat(problems(empty)).hasSize(1).first().asString().startsWith("line ");
        }
        assertThat(problems("[1, 2]"))
                .containsExactly("line 1, column 1: the file must be a mapping of keys and values, not a list");
    }

    @Test
    void a_key_in_the_clear_is_refused_and_not_repeated() {
        String key = "mcpg_live_Ab12Cd34_" + "x".repeat(38);

        for (String broken : List.of(
                WHOLE.replace(HASH, key),
                WHOLE.replace("for the team's laptop", key),
                WHOLE.replace("state: active", "state: " + key),
                WHOLE.replace("kind: test", key + ": test"))) {
            assertThat(problems(broken)).isNotEmpty().noneMatch(problem -> problem.contains("xxxxxxxx"));
        }
        assertThat(problems(WHOLE.replace("for the team's laptop", key)))
                .first()
                .asString()
                .startsWith("line 38")
                .contains("in the clear");
    }

    @Test
    void a_message_never_carries_control_characters_into_a_log() {
        String broken = WHOLE.replace("state: enabled", "state: \"on\\n2026 INFO all is well\\e[31m\\u202e\"");

        assertThat(problems(broken))
                .hasSize(1)
                .allMatch(problem -> problem.chars().noneMatch(Character::isISOControl));
        assertThat(problems(broken).get(0)).contains("on?2026 INFO all is well?[31m?");
    }

    @Test
    void characters_of_two_halves_may_stand_anywhere() throws IOException {
        for (int length = 930; length < 1060; length++) {
            String comment = "#" + "x".repeat(length) + "\uD83D\uDE00".repeat(40) + "\n";
            assertThat(read(comment + "version: 1\n").clients()).isEmpty();
        }
    }

    @Test
    void a_file_that_is_too_large_is_refused() {
        assertThat(problems("# " + "x".repeat(FileContent.MAX_BYTES) + "\n" + WHOLE))
                .containsExactly(
                        "line 1, column 1: the file is larger than 2097152 bytes; take out what is not in use");
    }

    @Test
    void a_file_that_is_no_utf_8_is_refused() throws IOException {
        Path file = folder.resolve("profiles.yaml");
        Files.write(file, WHOLE.replace("Claude", "Cl\u00e4ude").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problemsOf(file)).containsExactly("line 1, column 1: the file is not UTF-8; save it as UTF-8");
        assertThat(problems("\uFEFF" + WHOLE)).hasSize(1).first().asString().contains("byte order mark");
    }

    @Test
    void a_file_that_anybody_can_change_is_refused() throws IOException {
        Path file = folder.resolve("profiles.yaml");
        Files.writeString(file, WHOLE);
        org.junit.jupiter.api.Assumptions.assumeTrue(
                file.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(problemsOf(file)).hasSize(1).first().asString().contains("run: chmod o-w " + file);
    }

    @Test
    void without_a_list_of_roles_none_is_allowed_and_tools_may_leave_them_unchecked() throws IOException {
        Path file = folder.resolve("profiles.yaml");
        Files.writeString(file, WHOLE);

        assertThat(catchThrowableOfType(
                                ConfigurationException.class, () -> ProfileDocument.read(file, Optional.of(Set.of())))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("allows profiles no role");
        assertThat(ProfileDocument.read(file, Optional.empty()).profiles()).hasSize(2);
    }

    private ProfileDocument read(String yaml) throws IOException {
        Path file = folder.resolve("profiles.yaml");
        Files.writeString(file, yaml);
        return ProfileDocument.read(file, Optional.of(Set.of("ROLE_READER")));
    }

    private List<String> problems(String yaml) {
        Path file = folder.resolve("profiles.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return problemsOf(file);
    }

    private static List<String> problemsOf(Path file) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> ProfileDocument.read(file, Optional.of(Set.of("ROLE_READER"))))
                .problems();
    }
}
