package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.servlet.testbed.Deployment;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
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

/** What must never be shipped: reaches an operation from within the endpoint's own request. Negative controls. */
final class AroundInvoker implements OperationInvoker {

    /** How an operation is reached without a request of its own. */
    enum Way {
        /** By {@code RequestDispatcher.forward}. */
        FORWARD,
        /** By {@code RequestDispatcher.include}. */
        INCLUDE,
        /** By {@code AsyncContext.dispatch}. */
        ASYNC_DISPATCH,
        /** By a filter that goes on with another path. */
        CONTINUATION
    }

    private static final String PATH = "/around";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Way way;

    AroundInvoker(int port, Way way) {
        this.port = port;
        this.way = way;
    }

    static void deploy(Deployment deployment) {
        deployment.servlet("around", PATH, new Around()).filter("continuation", PATH, new Continuation());
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        String target =
                call.rawPath() + call.rawQuery().map(query -> "?" + query).orElse("");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
                .header("X-Way", way.name())
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
        return "around";
    }

    private static final class Around extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String target = request.getHeader("X-Target");
            switch (Way.valueOf(request.getHeader("X-Way"))) {
                case FORWARD -> request.getRequestDispatcher(target).forward(request, response);
                case INCLUDE -> request.getRequestDispatcher(target).include(request, response);
                case ASYNC_DISPATCH -> request.startAsync().dispatch(target);
                // What the endpoint itself says to a path that is not its own.
                case CONTINUATION -> response.sendError(404);
            }
        }
    }

    private static final class Continuation implements Filter {
        @Override
        public void doFilter(ServletRequest any, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest request = (HttpServletRequest) any;
            boolean elsewhere = Way.CONTINUATION.name().equals(request.getHeader("X-Way"));
            chain.doFilter(elsewhere ? new Elsewhere(request) : request, response);
        }
    }

    private static final class Elsewhere extends HttpServletRequestWrapper {

        Elsewhere(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return getHeader("X-Target");
        }

        @Override
        public String getServletPath() {
            return getHeader("X-Target");
        }
    }
}
