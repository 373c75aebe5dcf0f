package io.mcpguard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.oauth.CertificateVerifier.Name;
import io.mcpguard.testkit.ClientCertificates;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.verification.Verification;
import io.mcpguard.verification.Verification.Established;
import io.mcpguard.verification.Verification.NotMine;
import io.mcpguard.verification.Verification.Rejected;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

class CertificateVerifierTest {

    private static final X509Certificate ROBOT = ClientCertificates.robot7();
    private static final X509Certificate OTHER = ClientCertificates.robot8();

    private final SettableClock clock = new SettableClock(Instant.parse("2027-01-01T00:00:00Z"));

    private Verification verify(Name name, X509Certificate certificate, String... issuers) {
        Set<X500Principal> accepted = issuers.length == 0 ? Set.of() : Set.of(new X500Principal(issuers[0]));
        return new CertificateVerifier(name, accepted, clock)
                .verify(
                        Credential.ofCertificate(certificate),
                        Presentation.none().withCertificate(certificate));
    }

    private static String name(Verification answer) {
        return ((Established) answer).principal().name();
    }

    private static String detail(Verification answer) {
        return ((Rejected) answer).detail();
    }

    @Test
    void a_certificate_names_its_holder() {
        assertThat(name(verify(Name.DNS, ROBOT))).isEqualTo("robot-7.example.com");
        assertThat(name(verify(Name.URI, ROBOT))).isEqualTo("spiffe://example.com/robot-7");
        assertThat(name(verify(Name.SUBJECT, ROBOT))).isEqualTo("O=Example,CN=robot-7");

        Established established = (Established) verify(Name.DNS, ROBOT);
        assertThat(established.principal().kind()).isEqualTo(CredentialKind.CERTIFICATE);
        assertThat(established.principal().roles()).isEmpty();
        assertThat(established.principal().credentialId()).isEqualTo("DgWUkMp50KwUFlMN0yYqtDMBObL0-bkLeARr18umI34");
    }

    @Test
    void one_that_names_nobody_or_is_not_valid_now_is_refused() {
        assertThat(detail(verify(Name.URI, OTHER))).isEqualTo("certificate-names-nobody");
        assertThat(detail(verify(Name.DNS, ROBOT, "CN=Another CA"))).isEqualTo("certificate-of-another-issuer");
        assertThat(name(verify(Name.DNS, ROBOT, "O=Example, CN=robot-7"))).isEqualTo("robot-7.example.com");

        clock.set(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(detail(verify(Name.DNS, ROBOT))).isEqualTo("certificate-not-yet-valid");
        clock.set(Instant.parse("2127-01-01T00:00:00Z"));
        assertThat(detail(verify(Name.DNS, ROBOT))).isEqualTo("certificate-expired");
    }

    @Test
    void a_thumbprint_that_somebody_has_written_is_no_certificate() {
        CertificateVerifier verifier = new CertificateVerifier(Name.DNS, Set.of(), clock);
        Credential claimed = Credential.ofCertificate(ROBOT);

        assertThat(detail(verifier.verify(claimed, Presentation.none()))).isEqualTo("certificate-missing");
        assertThat(detail(verifier.verify(claimed, Presentation.none().withCertificate(OTHER))))
                .isEqualTo("certificate-missing");
        assertThat(verifier.verify(new Credential("bearer", claimed.reveal()), Presentation.none()))
                .isInstanceOf(NotMine.class);
    }
}
