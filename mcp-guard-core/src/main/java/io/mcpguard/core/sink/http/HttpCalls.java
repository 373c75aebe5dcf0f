package io.mcpguard.core.sink.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends requests to one service and nowhere else: no redirect is followed, no proxy is found, no cookie is kept. */
final class HttpCalls {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Answers for the largest batch stay well below. */
    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private final HttpClient client;

    HttpCalls(@Nullable SSLContext trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT);
        this.client =
                trust == null ? builder.build() : builder.sslContext(trust).build();
    }

    /** Sends and waits, at most until the deadline, for the whole answer. */
    Answer post(URI address, byte[] body, Map<String, String> headers, Deadline deadline)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("User-Agent", "mcp-guard");
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request.build(), response -> new BoundedBody(MOST_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = sent.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.headers().firstValue("Retry-After"), response.body());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            // Ends a request that is still under way, with its connection.
            sent.cancel(true);
        }
    }
}
