package io.mcpguard.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private static Optional<Reason> check(OriginPolicy policy, String host, String... origins) {
        List<HttpField> fields = new ArrayList<>(List.of(new HttpField("Host", host)));
        for (String origin : origins) {
            fields.add(new HttpField("Origin", origin));
        }
        return policy.check(new RequestHeaders(fields), OrdersTools.ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:9", "[::1]", "[::1]:8443"})
    void loopback_names_are_taken_when_nothing_is_configured(String host) {
        assertThat(check(OriginPolicy.loopbackOnly(), host)).isEmpty();
        assertThat(check(OriginPolicy.loopbackOnly(), host, "http://" + host)).isEmpty();
        assertThat(check(OriginPolicy.loopbackOnly(), host, "https://" + host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.com",
                "localhost.evil.example.com",
                "127.0.0.1.evil.example.com",
                "128.0.0.1",
                "0.0.0.0",
                "[::ffff:127.0.0.1]",
                "localhost.",
                "localhost:",
                "localhost:80:80",
                "localhost/",
                "user@localhost",
                "localhost,evil.example.com",
                "",
                "192.168.0.7"
            })
    void every_other_host_and_origin_is_foreign(String host) {
        assertThat(check(OriginPolicy.loopbackOnly(), host)).contains(Reason.HOST_NOT_ALLOWED);
        assertThat(check(OriginPolicy.loopbackOnly(), "localhost", "http://" + host))
                .contains(Reason.ORIGIN_NOT_ALLOWED);
    }

    @Test
    void configured_hosts_take_the_place_of_loopback() {
        OriginPolicy policy = OriginPolicy.of(List.of(), List.of("API.example.com", "admin.example.com:8443"));

        assertThat(check(policy, "api.example.com")).isEmpty();
        assertThat(check(policy, "api.EXAMPLE.com:8080")).isEmpty();
        assertThat(check(policy, "admin.example.com:8443")).isEmpty();
        assertThat(check(policy, "admin.example.com")).contains(Reason.HOST_NOT_ALLOWED);
        assertThat(check(policy, "localhost")).contains(Reason.HOST_NOT_ALLOWED);
        assertThat(check(policy, "xapi.example.com")).contains(Reason.HOST_NOT_ALLOWED);
    }

    @Test
    void configured_origins_are_compared_with_scheme_host_and_port() {
        OriginPolicy policy = OriginPolicy.of(List.of("https://app.example.com", "http://intra:8080"), List.of());

        assertThat(check(policy, "localhost", "https://app.example.com")).isEmpty();
        assertThat(check(policy, "localhost", "https://APP.example.com:443")).isEmpty();
        assertThat(check(policy, "localhost", "http://intra:8080")).isEmpty();
        for (String foreign : List.of(
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com.evil.com",
                "https://app.example.com/",
                "http://localhost",
                "null",
                "")) {
            assertThat(check(policy, "localhost", foreign)).as(foreign).contains(Reason.ORIGIN_NOT_ALLOWED);
        }
    }

    @Test
    void repeated_headers_are_foreign_even_when_each_is_allowed() {
        OriginPolicy policy = OriginPolicy.loopbackOnly();

        assertThat(check(policy, "localhost", "http://localhost", "http://localhost"))
                .contains(Reason.ORIGIN_NOT_ALLOWED);
        assertThat(policy.check(
                        new RequestHeaders(
                                List.of(new HttpField("Host", "localhost"), new HttpField("host", "localhost"))),
                        OrdersTools.ORIGIN))
                .contains(Reason.HOST_NOT_ALLOWED);
    }

    @Test
    void without_a_host_header_the_name_that_the_container_knows_counts() {
        CallOrigin evil =
                new CallOrigin("192.0.2.7", 1, "http", false, "evil.example.com", 80, "127.0.0.1", 80, List.of());

        assertThat(OriginPolicy.loopbackOnly().check(new RequestHeaders(List.of()), OrdersTools.ORIGIN))
                .isEmpty();
        assertThat(OriginPolicy.loopbackOnly().check(new RequestHeaders(List.of()), evil))
                .contains(Reason.HOST_NOT_ALLOWED);
    }

    @Test
    void a_wild_card_or_half_an_origin_is_a_mistake_that_is_named() {
        assertThatThrownBy(() ->
                        OriginPolicy.of(List.of("*", "app.example.com"), List.of("*.example.com", "ok.example.com")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(3));
    }

    @Test
    void what_was_allowed_before_opens_nothing_else() {
        OriginPolicy policy = OriginPolicy.of(List.of(), List.of("api.example.com:8443"));

        assertThat(check(policy, "API.example.com:8443")).isEmpty();
        assertThat(check(policy, "API.example.com:8443")).isEmpty();
        assertThat(check(policy, "api.example.com")).contains(Reason.HOST_NOT_ALLOWED);
        assertThat(check(policy, "")).contains(Reason.HOST_NOT_ALLOWED);
        assertThat(check(policy, "API.example.com:8443", "http://evil.example.com"))
                .contains(Reason.ORIGIN_NOT_ALLOWED);
    }
}
