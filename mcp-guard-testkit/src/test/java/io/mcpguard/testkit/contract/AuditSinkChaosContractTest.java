package io.mcpguard.testkit.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.testkit.FaultProxy;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract over a sink that is right, and over those that break it. */
class AuditSinkChaosContractTest {

    @Test
    void a_sink_that_waits_for_an_answer_passes() {
        assertThat(ContractsCanFailTest.failures(CarefulSink.class)).isEmpty();
    }

    @Test
    void a_sink_that_does_not_confirm_and_says_so_passes() {
        assertThat(ContractsCanFailTest.failures(ModestSink.class)).isEmpty();
    }

    @Test
    void a_sink_that_swallows_its_failures_is_found_out() {
        assertThat(ContractsCanFailTest.failures(BoastfulSink.class))
                .contains(
                        "AS-3 nothing is lost when connections are refused",
                        "AS-3 nothing is lost when answers are lost",
                        "AS-3 nothing is lost when nobody answers");
    }

    @Test
    void a_sink_that_reverses_what_it_sends_again_is_found_out() {
        assertThat(ContractsCanFailTest.failures(ReversingSink.class))
                .contains("AS-3 nothing is lost when connections are refused");
    }

    @Test
    void a_sink_that_sends_twice_is_found_out() {
        assertThat(ContractsCanFailTest.failures(StutteringSink.class))
                .contains("AS-3 nothing is lost when answers are slow");
    }

    @Test
    void a_sink_that_promises_no_duplicates_is_held_to_it() {
        assertThat(ContractsCanFailTest.failures(PromisingSink.class))
                .contains("AS-3 nothing is lost when answers are lost")
                .doesNotContain("AS-3 nothing is lost when answers are slow");
    }

    @Test
    void a_sink_that_is_deaf_to_interrupts_is_found_out() {
        assertThat(ContractsCanFailTest.failures(DeafSink.class))
                .contains("AS-3 nothing is lost when nobody answers")
                .hasSizeLessThan(4);
    }

    /** Sends ids and waits for the word that they have arrived. */
    static class Lines implements AuditSink {
        private final FaultProxy proxy;

        Lines(FaultProxy proxy) {
            this.proxy = proxy;
        }

        @Override
        public void write(List<AuditEvent> events) {
            try (Socket socket = new Socket()) {
                socket.connect(proxy.address(), 150);
                socket.setSoTimeout(150);
                StringBuilder lines = new StringBuilder();
                events.forEach(event -> lines.append(event.id()).append('\n'));
                socket.getOutputStream().write(lines.append('\n').toString().getBytes(US_ASCII));
                if (socket.getInputStream().read() != 'o') {
                    throw new IOException("no answer");
                }
            } catch (IOException e) {
                throw new AuditWriteException("the receiver does not take lines", e);
            }
        }
    }

    static class CarefulSink extends AuditSinkChaosContract {
        final LineReceiver receiver = new LineReceiver();
        final FaultProxy proxy = FaultProxy.to(receiver.address());

        @AfterEach
        void stop() throws IOException {
            proxy.close();
            receiver.close();
        }

        @Override
        protected AuditSink newSink() {
            return new Lines(proxy);
        }

        @Override
        protected List<SinkFault> faults() {
            return SinkFault.overTcp(proxy).stream()
                    .filter(fault -> played(fault.name()))
                    .toList();
        }

        /** Those that take long only where they are needed. */
        boolean played(String fault) {
            return true;
        }

        @Override
        protected List<UUID> received() {
            return receiver.received();
        }

        @Override
        protected Duplicates duplicates() {
            return Duplicates.WHEN_OFFERED_AGAIN;
        }
    }

    static class ModestSink extends CarefulSink {
        @Override
        protected AuditSink newSink() {
            return new Swallowing(proxy) {
                @Override
                public boolean confirms() {
                    return false;
                }
            };
        }
    }

    static class Swallowing extends Lines {
        Swallowing(FaultProxy proxy) {
            super(proxy);
        }

        @Override
        public void write(List<AuditEvent> events) {
            try {
                super.write(events);
            } catch (AuditWriteException e) {
                assertThat(e).hasMessageContaining("lines");
            }
        }
    }

    static class BoastfulSink extends CarefulSink {
        @Override
        protected AuditSink newSink() {
            return new Swallowing(proxy);
        }
    }

    static class ReversingSink extends CarefulSink {
        @Override
        boolean played(String fault) {
            return fault.contains("refused");
        }

        @Override
        protected AuditSink newSink() {
            return new Lines(proxy) {
                private boolean failed;

                @Override
                public void write(List<AuditEvent> events) {
                    List<AuditEvent> order = new ArrayList<>(events);
                    if (failed) {
                        Collections.reverse(order);
                    }
                    failed = true;
                    super.write(order);
                    failed = false;
                }
            };
        }
    }

    static class StutteringSink extends CarefulSink {
        @Override
        boolean played(String fault) {
            return fault.contains("slow");
        }

        @Override
        protected AuditSink newSink() {
            return new Lines(proxy) {
                @Override
                public void write(List<AuditEvent> events) {
                    super.write(events);
                    super.write(events);
                }
            };
        }
    }

    static class PromisingSink extends CarefulSink {
        @Override
        boolean played(String fault) {
            return fault.contains("slow") || fault.contains("lost");
        }

        @Override
        protected Duplicates duplicates() {
            return Duplicates.NEVER;
        }
    }

    static class DeafSink extends CarefulSink {
        @Override
        boolean played(String fault) {
            return fault.contains("nobody");
        }

        @Override
        protected AuditSink newSink() {
            return new Lines(proxy) {
                @Override
                public void write(List<AuditEvent> events) {
                    try {
                        super.write(events);
                    } catch (AuditWriteException e) {
                        if (e.getCause() instanceof java.net.SocketTimeoutException) {
                            long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
                            while (System.nanoTime() < end) {
                                Thread.interrupted();
                                LockSupport.parkNanos(1_000_000);
                            }
                        }
                        throw e;
                    }
                }
            };
        }

        @Override
        protected Duration patience() {
            return Duration.ofMillis(400);
        }
    }
}
