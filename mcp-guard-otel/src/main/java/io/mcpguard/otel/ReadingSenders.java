package io.mcpguard.otel;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives an exporter the senders there are, each with a look at what a successful answer says: the exporter itself looks at the status
 * alone.
 */
final class ReadingSenders implements ComponentLoader {

    private final ComponentLoader found =
            ComponentLoader.forClassLoader(OtlpHttpLogRecordExporter.class.getClassLoader());

    @Override
    public <T> Iterable<T> load(Class<T> type) {
        if (type == HttpSenderProvider.class) {
            return chosen(HttpSenderProvider.class)
                    .map(provider -> (HttpSenderProvider) config -> new Http(provider.createSender(config)))
                    .<List<T>>map(provider -> List.of(type.cast(provider)))
                    .orElseGet(List::of);
        }
        if (type == GrpcSenderProvider.class) {
            return chosen(GrpcSenderProvider.class)
                    .map(provider -> (GrpcSenderProvider) config -> new Grpc(provider.createSender(config)))
                    .<List<T>>map(provider -> List.of(type.cast(provider)))
                    .orElseGet(List::of);
        }
        return found.load(type);
    }

    /** The one whose class is named by the property that OpenTelemetry has for it, else the first. */
    private <T> Optional<T> chosen(Class<T> type) {
        List<T> all = ComponentLoader.loadList(found, type);
        String named = System.getProperty(type.getName(), "");
        return all.stream()
                .filter(one -> one.getClass().getName().equals(named))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private record Http(HttpSender sender) implements HttpSender {
        @Override
        public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
            sender.send(
                    message,
                    response -> {
                        int status = response.getStatusCode();
                        boolean accepted = status >= 200 && status < 300;
                        Optional<String> refused =
                                accepted ? Answer.refused(response.getResponseBody()) : Optional.empty();
                        if (refused.isPresent()) {
                            onError.accept(new RefusedRecordsException(refused.get()));
                        } else {
                            onResponse.accept(response);
                        }
                    },
                    onError);
        }

        @Override
        public CompletableResultCode shutdown() {
            return sender.shutdown();
        }
    }

    private record Grpc(GrpcSender sender) implements GrpcSender {
        @Override
        public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
            sender.send(
                    message,
                    response -> {
                        boolean accepted = response.getStatusCode() == GrpcStatusCode.OK;
                        Optional<String> refused =
                                accepted ? Answer.refused(response.getResponseMessage()) : Optional.empty();
                        if (refused.isPresent()) {
                            onError.accept(new RefusedRecordsException(refused.get()));
                        } else {
                            onResponse.accept(response);
                        }
                    },
                    onError);
        }

        @Override
        public CompletableResultCode shutdown() {
            return sender.shutdown();
        }
    }
}
