package io.mcpguard.core.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.testkit.ClientCertificates;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontageTest {

    private static final String PROXY = "10.0.0.9";
    private static final X509Certificate ROBOT = ClientCertificates.robot7();
    private static final X509Certificate OTHER = ClientCertificates.robot8();

    private static Frontage at(String url) {
        return new Frontage(Optional.of(URI.create(url)), Optional.empty());
    }

    private static Frontage behindProxy() {
        return new Frontage(
                Optional.empty(),
                Optional.of(new CertificateHeader("Client-Cert", List.of(new AddressRange("10.0.0.0/24")))));
    }

    private static Presentation presented(
            Frontage frontage, Map<String, List<String>> headers, String from, X509Certificate... chain) {
        return frontage.presentation(
                "POST", "/mcp", name -> headers.getOrDefault(name, List.of()), from, List.of(chain));
    }

    private static String rfc9440() throws Exception {
        return ":" + Base64.getEncoder().encodeToString(ROBOT.getEncoded()) + ":";
    }

    @Test
    void the_address_is_the_configured_one_whatever_the_request_says() {
        Map<String, List<String>> forged = Map.of(
                "Host", List.of("evil.example"),
                "X-Forwarded-Host", List.of("evil.example"),
                "Forwarded", List.of("host=evil.example;proto=https"));

        assertThat(presented(at("https://API.example.com/"), forged, PROXY).uri())
                .contains(URI.create("https://api.example.com/mcp"));
        assertThat(presented(at("https://api.example.com:8443/shop"), forged, PROXY)
                        .uri())
                .contains(URI.create("https://api.example.com:8443/shop/mcp"));
        assertThat(presented(Frontage.none(), forged, PROXY).uri()).isEmpty();
    }

    @Test
    void a_path_that_is_no_address_has_none() {
        Presentation odd =
                at("https://api.example.com").presentation("GET", "/a b%zz", name -> List.of(), "192.0.2.7", List.of());

        assertThat(odd.uri()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com",
                "http://10.0.0.1",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "ftp://api.example.com",
                "api.example.com",
                "/mcp",
                "https://api.example.com/?x=1",
                "https://api.example.com/#x",
                "https://user@api.example.com"
            })
    void an_address_that_no_client_could_safely_use_is_refused(String url) {
        assertThatThrownBy(() -> at(url)).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080", "https://a.b"})
    void loopback_may_be_without_tls(String url) {
        assertThat(at(url).publicUrl()).contains(URI.create(url));
    }

    @Test
    void the_certificate_is_that_of_the_connection() {
        Presentation presentation = presented(Frontage.none(), Map.of(), "192.0.2.7", ROBOT, OTHER);

        assertThat(presentation.certificate()).contains(ROBOT);
        assertThat(presented(Frontage.none(), Map.of(), "192.0.2.7").certificate())
                .isEmpty();
    }

    @Test
    void a_trusted_proxy_hands_on_the_certificate_of_its_client() throws Exception {
        String nginx = URLEncoder.encode(ClientCertificates.ROBOT_7, StandardCharsets.US_ASCII)
                .replace("+", "%20");

        for (String value : List.of(rfc9440(), nginx)) {
            assertThat(presented(behindProxy(), Map.of("Client-Cert", List.of(value)), PROXY, OTHER)
                            .certificate())
                    .contains(ROBOT);
        }
    }

    @Test
    void nobody_else_is_believed_about_a_certificate() throws Exception {
        Map<String, List<String>> header = Map.of("Client-Cert", List.of(rfc9440()));

        assertThat(presented(behindProxy(), header, "192.0.2.7").certificate()).isEmpty();
        assertThat(presented(behindProxy(), header, "192.0.2.7", OTHER).certificate())
                .contains(OTHER);
        assertThat(presented(Frontage.none(), header, PROXY).certificate()).isEmpty();
    }

    @Test
    void the_certificate_of_the_proxy_itself_is_never_the_caller_s() throws Exception {
        assertThat(presented(behindProxy(), Map.of(), PROXY, OTHER).certificate())
                .isEmpty();
        for (List<String> odd : List.of(
                List.of(""),
                List.of("::"),
                List.of(":AAAA:"),
                List.of("%zz"),
                List.of("-----BEGIN CERTIFICATE-----"),
                List.of(rfc9440(), rfc9440()),
                List.of(":" + "A".repeat(1 << 16) + ":"))) {
            assertThat(presented(behindProxy(), Map.of("Client-Cert", odd), PROXY, OTHER)
                            .certificate())
                    .isEmpty();
        }
    }

    @Test
    void a_certificate_stands_for_itself_only_where_there_is_no_authorization() {
        Presentation presentation = presented(Frontage.none(), Map.of(), "192.0.2.7", ROBOT);

        Credential alone = PresentedHeaders.credential(List.of(), presentation).orElseThrow();
        assertThat(alone.scheme()).isEqualTo(Credential.CERTIFICATE);
        assertThat(alone.reveal()).isEqualTo("DgWUkMp50KwUFlMN0yYqtDMBObL0-bkLeARr18umI34");
        assertThat(PresentedHeaders.credential(List.of("Bearer x", "Bearer y"), presentation))
                .isEmpty();
        assertThat(PresentedHeaders.credential(List.of("nonsense"), presentation))
                .isEmpty();
        assertThat(PresentedHeaders.credential(List.of("Bearer x"), presentation)
                        .orElseThrow()
                        .scheme())
                .isEqualTo("bearer");
    }
}
