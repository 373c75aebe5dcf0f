package io.mcpguard.testkit.contract;

import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** An invoker that sends calls with the JDK's own client and tells the {@link FixtureService} where they come from. */
final class WireInvoker implements OperationInvoker {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    WireInvoker(URI service) {
        this.service = service;
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        String target =
                call.rawPath() + call.rawQuery().map(query -> "?" + query).orElse("");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + target))
                .timeout(call.timeout())
                .method(call.method(), BodyPublishers.ofByteArray(call.body()))
                .header(FixtureService.ORIGIN, told(call.origin()));
        call.headers().forEach(field -> request.header(field.name(), field.value()));
        CompletableFuture<OperationResult> result = client.sendAsync(request.build(), BodyHandlers.ofInputStream())
                .thenApplyAsync(response -> read(response, call.maxResponseBytes()));
        return result.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                failure instanceof HttpTimeoutException || failure.getCause() instanceof HttpTimeoutException
                        ? InvocationException.timeout(call + " took longer than " + call.timeout())
                        : InvocationException.unreachable(call + " broke off", failure)));
    }

    @Override
    public String name() {
        return "wire";
    }

    private static OperationResult read(HttpResponse<InputStream> response, int limit) {
        List<HttpField> headers = new ArrayList<>();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.add(new HttpField(name, value))));
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(limit + 1);
            boolean cut = body.length > limit;
            return new OperationResult(response.statusCode(), headers, cut ? Arrays.copyOf(body, limit) : body, cut);
        } catch (IOException e) {
            throw new CompletionException(new UncheckedIOException(e));
        }
    }

    private static String told(CallOrigin origin) {
        StringBuilder told = new StringBuilder(String.join(
                " ",
                origin.remoteAddress(),
                Integer.toString(origin.remotePort()),
                origin.scheme(),
                Boolean.toString(origin.secure()),
                origin.serverName(),
                Integer.toString(origin.serverPort())));
        for (X509Certificate each : origin.clientCertificates()) {
            try {
                told.append(' ').append(Base64.getEncoder().encodeToString(each.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return told.toString();
    }
}
