package io.mcpguard.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.format.OtelAttributes;
import io.mcpguard.error.AuditWriteException;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OTLP over gRPC, on a server made of the published definition of the service. */
class GrpcTest {

    private final List<UUID> received = new CopyOnWriteArrayList<>();
    private volatile Status status = Status.OK;
    private volatile long rejected;
    private volatile boolean mute;
    private Server server;
    private OtelAuditSink sink;

    @BeforeEach
    void start() throws IOException {
        Quiet.exporters();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Logs())
                .build()
                .start();
        sink = OtelAuditSink.builder(SomeEvents.REPORTER, new OtelAttributes(SomeEvents.REPORTER))
                .longest(Duration.ofMillis(1_500))
                .grpc(OtlpGrpcLogRecordExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + server.getPort())
                        .setRetryPolicy(null));
    }

    @AfterEach
    void stop() {
        sink.close();
        server.shutdownNow();
    }

    private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        @Override
        public void export(ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answer) {
            if (!status.isOk()) {
                answer.onError(status.asRuntimeException());
                return;
            }
            request.getResourceLogsList()
                    .forEach(logs -> logs.getScopeLogsList()
                            .forEach(scope ->
                                    scope.getLogRecordsList().forEach(record -> received.add(SomeEvents.id(record)))));
            if (!mute) {
                answer.onNext(ExportLogsServiceResponse.newBuilder()
                        .setPartialSuccess(ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(rejected))
                        .build());
                answer.onCompleted();
            }
        }
    }

    private static List<UUID> ids(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::id).toList();
    }

    @Test
    void events_arrive_in_order_and_once() {
        List<AuditEvent> events = SomeEvents.events(0, 600);
        sink.write(events.subList(0, 512));
        sink.write(events.subList(0, 512));
        sink.write(events.subList(512, 600));

        assertThat(sink.confirms()).isTrue();
        assertThat(received).isEqualTo(ids(events));
    }

    @Test
    void records_that_were_refused_in_a_success_are_a_failure() {
        rejected = 2;
        assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 3)))
                .isInstanceOf(AuditWriteException.class)
                .hasMessageContaining("it rejected 2 records");
    }

    @Test
    void a_status_that_is_none_of_success_is_a_failure_and_the_batch_can_be_offered_again() {
        List<AuditEvent> events = SomeEvents.events(0, 3);
        for (Status failure : List.of(Status.UNAVAILABLE, Status.RESOURCE_EXHAUSTED, Status.PERMISSION_DENIED)) {
            status = failure;
            assertThatThrownBy(() -> sink.write(events)).isInstanceOf(AuditWriteException.class);
        }
        status = Status.OK;
        sink.write(events);

        assertThat(received).isEqualTo(ids(events));
    }

    @Test
    void a_receiver_that_does_not_answer_is_a_failure() {
        mute = true;
        assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 3))).isInstanceOf(AuditWriteException.class);
    }
}
