package io.mcpguard.servlet.canary;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.home.GuardHome;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.servlet.testbed.Deployment;
import io.mcpguard.servlet.testbed.TomcatServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A service in a process of its own that fails in every way a service can, each time with what its caller has sent in the text of
 * the exception. Says its port on standard output, and stops when its standard input ends.
 */
final class CanaryService {

    private static final Schema TEXT = new Schema("{\"type\":\"string\"}");
    private static final Product THINGS = new Product("things", "Things", "", "/api");

    private CanaryService() {}

    public static void main(String[] arguments) throws Exception {
        GuardHome home =
                GuardHome.open(GuardHome.Settings.under(Path.of(arguments[0]), Set.of()), InstantSource.system());
        McpGuard guard = home.guard("canaries")
                .operations(() -> List.of(new ProductOperations(THINGS, List.of(update()))))
                .features(() -> List.of(new ProductFeatures(THINGS, List.of(lookup()))))
                .build();
        GuardMount mount = GuardMount.builder(guard).build();
        TomcatServer server = new TomcatServer();
        Deployment deployment = new Deployment();
        deployment.entry(mount.entryFilter());
        deployment.filter("gate", "/*", mount.gateFilter());
        deployment.servlet(GuardMount.SERVLET_NAME, "/mcp", mount.mcpServlet());
        deployment.servlet("things", "/api/*", new Things());
        deployment.servlet("error", "/error", new Failed());
        System.out.println(server.start(deployment, 8));
        while (System.in.read() >= 0) {
            // Whoever started this process ends it.
        }
        mount.close();
        server.stop();
        guard.close();
        home.close();
    }

    private static Operation update() {
        return Operation.builder(new OperationId("update"), "things", "POST", "/api/things/{id}")
                .parameter(new Parameter("id", Location.PATH, true, TEXT, ""))
                .parameter(new Parameter("how", Location.QUERY, false, TEXT, ""))
                .parameter(new Parameter("tag", Location.QUERY, false, TEXT, ""))
                .parameter(new Parameter("X-Note", Location.HEADER, false, TEXT, ""))
                .body(new RequestBody(
                        false,
                        "application/json",
                        new Schema("{\"type\":\"object\",\"properties\":{\"note\":{\"type\":\"string\"},"
                                + "\"card\":{\"type\":\"integer\"},\"more\":{\"type\":\"object\"}}}")))
                .build();
    }

    private static ToolFeature lookup() {
        return ToolFeature.builder("things", "lookup", "Looks things up.")
                .inputSchema(new Schema("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                        + "\"how\":{\"type\":\"string\"}},\"required\":[\"name\"]}"))
                .answering(call -> {
                    if ("fail".equals(call.arguments().get("how"))) {
                        throw failure(String.valueOf(call.arguments()));
                    }
                    return ToolAnswer.text("found");
                });
    }

    private static IllegalStateException failure(String seen) {
        IllegalStateException failure =
                new IllegalStateException("no row for " + seen, new IllegalArgumentException("bad " + seen));
        failure.addSuppressed(new IOException("while closing " + seen));
        return failure;
    }

    private static final class Things extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String seen = request.getRequestURI() + "?" + request.getQueryString() + " "
                    + request.getHeader("X-Note") + " "
                    + new String(request.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            switch (String.valueOf(request.getParameter("how"))) {
                case "fail" -> throw failure(seen);
                case "conflict" -> response.sendError(409);
                default -> {
                    response.setContentType("application/json");
                    response.getOutputStream().print("{\"done\":true}");
                }
            }
        }
    }

    private static final class Failed extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getOutputStream().print("{\"title\":\"failed\"}");
        }
    }
}
