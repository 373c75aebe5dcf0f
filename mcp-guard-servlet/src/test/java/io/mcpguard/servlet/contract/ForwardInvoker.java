package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.servlet.testbed.Deployment;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What must never be shipped: reaches an operation by a forward from the endpoint's own request. A negative control. */
final class ForwardInvoker implements OperationInvoker {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    ForwardInvoker(int port) {
        this.port = port;
    }

    static void deploy(Deployment context) {
        context.servlet("forward", "/forward", new Forwarding());
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        String target =
                call.rawPath() + call.rawQuery().map(query -> "?" + query).orElse("");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/forward"))
                .header("X-Target", target)
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> {
                    List<HttpField> fields = new ArrayList<>();
                    response.headers()
                            .map()
                            .forEach((name, values) -> values.forEach(value -> {
                                if (HttpField.isToken(name)) {
                                    fields.add(new HttpField(name, value));
                                }
                            }));
                    return new OperationResult(response.statusCode(), fields, response.body(), false);
                });
    }

    @Override
    public String name() {
        return "forward";
    }

    private static final class Forwarding extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getRequestDispatcher(request.getHeader("X-Target")).forward(request, response);
        }
    }
}
