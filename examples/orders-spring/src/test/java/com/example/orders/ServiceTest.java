package com.example.orders;

import com.example.orders.guard.GuardFolder;
import io.mcpguard.core.limit.WindowLimiter;
import io.mcpguard.limit.Limiter;
import io.mcpguard.testkit.LimitMeter;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Runs the service once for all tests, on a free port and a fresh database, and calls it over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(ServiceTest.MeteredLimits.class)
public abstract class ServiceTest {
    /** Profiles and keys of the guard that the service runs behind. */
    protected static final GuardFolder GUARD = new GuardFolder(testData().resolve("mcp-guard"), GuardFolder::roomy);

    public static final String ADDRESS = """
            {"street": "Main Street 1", "city": "Berlin", "postalCode": "10115", "country": "DE"}""";

    /** The limits of the guard, watched. */
    @TestConfiguration
    static class MeteredLimits {
        @Bean
        Limiter limiter() {
            return LimitMeter.over(WindowLimiter.builder(System::nanoTime).build());
        }
    }

    @Autowired
    protected JdbcClient database;

    @LocalServerPort
    private int port;

    private RestTestClient client;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("orders.data-dir", () -> testData().toString());
        registry.add("orders.report.delay", () -> "10ms");
        for (String user : new String[] {"alice", "bob", "carol", "dave"}) {
            registry.add("orders.users." + user + ".password", () -> passwordOf(user));
        }
        registry.add("mcp.guard.home", () -> GUARD.home().toString());
        // Tests guess and ask more often than anybody may.
        registry.add("mcp.guard.limits.refusals-per-minute", () -> "100000");
        registry.add("mcp.guard.limits.listings-per-minute", () -> "100000");
        registry.add("orders.users.dave.roles", () -> "DEVELOPER");
    }

    @BeforeEach
    void connect() {
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    protected RestTestClient anonymous() {
        return client;
    }

    /** An ordinary user. */
    protected RestTestClient alice() {
        return as("alice", passwordOf("alice"));
    }

    /** Somebody from support. */
    protected RestTestClient bob() {
        return as("bob", passwordOf("bob"));
    }

    /** An administrator. */
    protected RestTestClient carol() {
        return as("carol", passwordOf("carol"));
    }

    /** A developer. */
    protected RestTestClient dave() {
        return as("dave", passwordOf("dave"));
    }

    protected RestTestClient as(String name, String password) {
        return client.mutate()
                .defaultHeaders(headers -> headers.setBasicAuth(name, password))
                .build();
    }

    /** Places an order for two of an item and answers its id. */
    protected long placeOrder(long customerId, String sku) {
        String location = post(alice(), "/api/orders", newOrder(customerId, sku, 2))
                .expectStatus()
                .isEqualTo(HttpStatus.CREATED)
                .returnResult(String.class)
                .getResponseHeaders()
                .getFirst(HttpHeaders.LOCATION);
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }

    protected static String newOrder(long customerId, String sku, int quantity) {
        return """
               {"customerId": %d, "shippingAddress": %s, "lines": [{"sku": "%s", "quantity": %d}],
                "attributes": {"channel": "web"}}""".formatted(customerId, ADDRESS, sku, quantity);
    }

    protected static ResponseSpec get(RestTestClient caller, String uri, Object... variables) {
        return caller.get().uri(uri, variables).exchange();
    }

    protected static ResponseSpec post(RestTestClient caller, String uri, String json) {
        return caller.post()
                .uri(uri)
                .header(HttpHeaders.CONTENT_TYPE, "application/json")
                .body(json)
                .exchange();
    }

    protected static ResponseSpec put(RestTestClient caller, String uri, String json) {
        return caller.put()
                .uri(uri)
                .header(HttpHeaders.CONTENT_TYPE, "application/json")
                .body(json)
                .exchange();
    }

    protected static ResponseSpec delete(RestTestClient caller, String uri) {
        return caller.delete().uri(uri).exchange();
    }

    private static Path testData() {
        return Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();
    }

    private static String passwordOf(String user) {
        return user + "-in-tests";
    }
}
