package io.mcpguard.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is sent to whom it is not meant for, and who is not let in notices. */
class CertificatesTest {

    private static TestKeys keys;

    @BeforeAll
    static void make_keys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = TestKeys.ofThisRun();
    }

    private static SyslogAuditSink sink(String host, int port, SSLContext tls, boolean kept) {
        SyslogAuditSink.Builder builder =
                SyslogAuditSink.builder(host, port, SomeEvents.FORMAT).tls(tls);
        return kept ? builder.keepConnection().build() : builder.build();
    }

    private static void refuses(SyslogAuditSink sink, StrictReceiver receiver) {
        try (sink) {
            assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 3))).isInstanceOf(AuditWriteException.class);
        }
        assertThat(receiver.messages()).isEmpty();
        assertThat(receiver.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_certificate_for_another_name_is_refused(boolean kept) throws Exception {
        try (StrictReceiver receiver = new StrictReceiver(keys.receiving())) {
            refuses(sink("127.0.0.1", receiver.port(), keys.sending(), kept), receiver);
        }
    }

    @Test
    void a_certificate_of_somebody_unknown_is_refused() throws Exception {
        try (StrictReceiver receiver = new StrictReceiver(keys.receiving())) {
            refuses(sink("localhost", receiver.port(), keys.trustingOthers(), false), receiver);
        }
    }

    @Test
    void the_authorities_of_the_jdk_do_not_know_it_either() throws Exception {
        try (StrictReceiver receiver = new StrictReceiver(keys.receiving());
                SyslogAuditSink sink = SyslogAuditSink.builder("localhost", receiver.port(), SomeEvents.FORMAT)
                        .build()) {
            assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 3)))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("certificates");
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,false", "TLSv1.3,true", "TLSv1.2,false", "TLSv1.2,true"})
    void a_sender_with_a_certificate_is_let_in_and_one_without_notices(String protocol, boolean kept) throws Exception {
        try (StrictReceiver receiver = new StrictReceiver(keys.receiving(), true, protocol)) {
            refuses(sink("localhost", receiver.port(), keys.sendingWithout(), kept), receiver);
            try (SyslogAuditSink sink = sink("localhost", receiver.port(), keys.sending(), kept)) {
                sink.write(SomeEvents.events(0, 3));
            }
            await().untilAsserted(() -> assertThat(receiver.messages()).hasSize(3));
        }
    }
}
