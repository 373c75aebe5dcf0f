package io.mcpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.testkit.SettableClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code profile lint} and {@code profile explain}. */
class ProfileQuestionsTest {

    private static final String MONDAY = "2026-03-02T10:00:00Z";
    private static final String PROFILES = """
            version: 1
            clients: [{id: claude}]
            profiles:
              - id: reader
                client: claude
                owner: Dana
                validUntil: 2027-01-01T00:00:00Z
                grants:
                  - {product: orders, operations: ['list*', get-order, export], methods: [GET]}
                  - {product: orders, operations: [search], methods: [POST], tags: [safe], readOnly: true}
                deny:
                  - {name: no-export, operations: ['exp*']}
                  - {name: no-audits, tags: [audit], trial: true}
                times:
                  - {days: [mon], from: '08:00', to: '18:00', zone: UTC}
                limits:
                  - {name: minute, permits: 60, per: 1m}
                networks: [10.0.0.0/8]
            """;
    private static final String INVENTORY = """
            {"service": "orders", "products": [{"id": "orders", "name": "Orders", "operations": [
              {"id": "get-order", "method": "GET", "path": "/orders/{id}", "digest": "x", "readOnly": true,
               "tags": ["audit"], "scopes": []},
              {"id": "export", "method": "GET", "path": "/export", "digest": "x", "readOnly": true, "tags": []},
              {"id": "search", "method": "POST", "path": "/search", "digest": "x", "readOnly": true, "tags": ["safe"]},
              {"id": "delete-order", "method": "DELETE", "path": "/orders/{id}", "digest": "x"}]}]}
            """;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Path file = Path.of("profiles.yaml");
    private Path inventory = Path.of("inventory.json");
    private String out = "";
    private String err = "";

    @BeforeEach
    void files() throws IOException {
        file = Files.writeString(folder.resolve("profiles.yaml"), PROFILES);
        inventory = Files.writeString(folder.resolve("inventory.json"), INVENTORY);
    }

    private int run(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        int code = GuardCommand.run(
                clock, new SecureRandom(), new PrintWriter(said, true), new PrintWriter(complained, true), arguments);
        out = said.toString();
        err = complained.toString();
        return code;
    }

    private int explain(String operation, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("profile", "explain", file.toString(), "--profile", "reader", "--operation", operation));
        Collections.addAll(arguments, more);
        if (!arguments.contains("--time")) {
            Collections.addAll(arguments, "--time", MONDAY);
        }
        if (!arguments.contains("--method") && !arguments.contains("--inventory")) {
            Collections.addAll(arguments, "--inventory", inventory.toString());
        }
        return run(arguments.toArray(new String[0]));
    }

    @Test
    void names_the_grant_that_allows() {
        assertThat(explain("get-order")).isZero();

        assertThat(out)
                .startsWith("ALLOWED  get-order by profile reader of client claude, from 10.0.0.0 at " + MONDAY)
                .contains("decided by: grant:orders trial:deny:no-audits")
                .contains("grant of product orders: opens it, by get-order")
                .contains("deny rule no-audits: on trial, would close it")
                .contains("every limit must have something left: minute");
    }

    @Test
    void names_the_rule_that_denies() {
        assertThat(explain("export")).isEqualTo(3);

        assertThat(out)
                .startsWith("DENIED  export")
                .contains("the caller is told: operation-not-available")
                .contains("decided by: deny:no-export")
                .contains("deny rule no-export: closes it");
    }

    @Test
    void says_of_every_grant_why_it_does_not_open() {
        assertThat(explain("delete-order")).isEqualTo(3);
        assertThat(out).contains("decided by: no-grant", "no id or glob of 'operations' fits delete-order");

        assertThat(explain("search", "--product", "orders", "--method", "POST", "--tag", "safe"))
                .isEqualTo(3);
        assertThat(out).contains("'readOnly' is set, and it may change something");

        assertThat(explain("search", "--product", "orders", "--method", "POST", "--read-only"))
                .isEqualTo(3);
        assertThat(out).contains("it carries none of the 'tags'");

        assertThat(explain("get-order", "--product", "orders", "--method", "PUT"))
                .isEqualTo(3);
        assertThat(out).contains("'methods' lacks PUT");

        assertThat(explain("get-order", "--product", "stock", "--method", "GET"))
                .isEqualTo(3);
        assertThat(out).contains("which belongs to product stock");

        assertThat(explain("gone")).isEqualTo(3);
        assertThat(out).contains("decided by: operation-unknown", "the service has no such operation");
        assertThat(explain("search")).isZero();
    }

    @Test
    void knows_the_client_the_address_and_the_time() {
        assertThat(explain("get-order", "--client", "claude")).isZero();
        assertThat(explain("get-order", "--client", "cursor")).isEqualTo(3);
        assertThat(out).contains("decided by: header-selects-another-profile");

        assertThat(explain("get-order", "--address", "192.0.2.7")).isEqualTo(3);
        assertThat(out).contains("decided by: address-outside-networks");

        assertThat(explain("get-order", "--time", "2026-03-03T10:00:00Z")).isEqualTo(3);
        assertThat(out).contains("the caller is told: profile-inactive", "decided by: outside-times");
        assertThat(explain("get-order", "--time", "2027-03-01T10:00:00Z")).isEqualTo(3);
        assertThat(out).contains("decided by: profile-expired");
    }

    @Test
    void what_cannot_be_answered_is_not_answered() throws IOException {
        assertThat(explain("get-order", "--time", "noon")).isEqualTo(2);
        assertThat(explain("get-order", "--address", "home")).isEqualTo(2);
        assertThat(explain("get-order", "--address", "10.0.0.0/8")).isEqualTo(2);
        assertThat(explain("get-order", "--product", "a b", "--method", "GET")).isEqualTo(2);
        assertThat(run("profile", "explain", file.toString(), "--profile", "reader", "--operation", "get-order"))
                .isEqualTo(2);
        assertThat(run(
                        "profile",
                        "explain",
                        file.toString(),
                        "--profile",
                        "writer",
                        "--operation",
                        "get-order",
                        "--inventory",
                        inventory.toString()))
                .isEqualTo(1);
        assertThat(err).contains("There is no profile writer");
        for (String broken :
                List.of("", "[]", "{\"products\": [{\"id\": \"a b\"}]}", INVENTORY.replace("\"GET\"", "1"))) {
            Files.writeString(inventory, broken);
            assertThat(explain("get-order")).as(broken).isEqualTo(1);
            assertThat(err).contains("is no inventory");
            assertThat(out).isEmpty();
        }
    }

    @Test
    void lint_prints_every_mistake_with_its_place() throws IOException {
        Files.writeString(file, PROFILES.replace("permits: 60", "permits: many").replace("days: [mon]", "days: [may]"));

        assertThat(run("profile", "lint", file.toString())).isEqualTo(1);

        assertThat(err.lines()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith(file + ": error: line 1"));
        assertThat(err).contains("line 15, column 17: 'may'", "line 17, column 33: 'permits'");
    }

    @Test
    void lint_warns_of_what_is_unwise_and_fails_for_it_only_when_told() throws IOException {
        assertThat(run("profile", "lint", file.toString())).isZero();
        assertThat(out).contains("rules on trial").contains("has no mistakes and 1 warning.");

        Files.writeString(file, PROFILES.replace(", trial: true", ""));
        assertThat(run("profile", "lint", "--strict", file.toString())).isZero();
        assertThat(out).contains("has no mistakes and 0 warnings.");

        Files.writeString(file, PROFILES.replace("get-order", "get-ordre"));
        assertThat(run("profile", "lint", "--strict", file.toString(), "--inventory", inventory.toString()))
                .isEqualTo(1);
        assertThat(out).contains("'get-ordre', which matches no operation").contains("'list*', which matches no");
    }
}
