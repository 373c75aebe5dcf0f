package io.mcpguard.benchmarks;

import io.mcpguard.servlet.GuardMount;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** One server on an embedded Tomcat, on loopback only, for {@code internal/benchmarks/peers}. */
final class EchoServer {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String MCP = "/mcp";

    private EchoServer() {}

    /** What no server can be faster than: reads the request and writes an answer that it has ready. */
    private static final class Floor extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private static final byte[] ANSWER =
                ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"echo: hello world\"}],"
                                + "\"isError\":false}}")
                        .getBytes(StandardCharsets.UTF_8);

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            response.setContentType("application/json");
            response.setContentLength(ANSWER.length);
            response.getOutputStream().write(ANSWER);
        }
    }

    /**
     * Serves until the process is told to end. Says on standard output where, and with which key it wants to be called.
     *
     * @param args {@code floor}, {@code guard}, {@code sdk} or {@code sdk-immediate}
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("mcp-guard-bench");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname(LOOPBACK);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", LOOPBACK);
        // A connection of the load generator lives as long as a run.
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", folder.toString());
        String key = "";
        GuardMount mount = null;
        switch (args[0]) {
            case "floor" -> onStart(context, application -> add(application, "floor", MCP, new Floor()));
            case "sdk" -> onStart(context, application -> add(application, "sdk", MCP, sdk(false)));
            case "sdk-immediate" -> onStart(context, application -> add(application, "sdk", MCP, sdk(true)));
            case "guard" -> {
                Guarded guarded = new Guarded(folder);
                key = guarded.key;
                GuardMount mounted = GuardMount.builder(guarded.guard).build();
                mount = mounted;
                onStart(context, application -> {
                    mounted.register(application, MCP);
                    add(application, "echo", EchoApi.PATH, new EchoApi());
                });
            }
            default -> throw new IllegalArgumentException("floor, guard, sdk or sdk-immediate, not " + args[0]);
        }
        tomcat.start();
        int port = tomcat.getConnector().getLocalPort();
        if (mount != null) {
            mount.check("http", LOOPBACK, port);
            while (mount.invokerStanding().equals("not checked yet")
                    || mount.invokerStanding().equals("being checked")) {
                Thread.onSpinWait();
            }
            System.err.println("Calls by " + mount.invokerName() + ": " + mount.invokerStanding());
        }
        System.out.println("READY " + port + " " + key);
        tomcat.getServer().await();
    }

    @FunctionalInterface
    private interface Start {
        void with(ServletContext application);
    }

    private static void onStart(Context context, Start start) {
        context.addServletContainerInitializer((classes, application) -> start.with(application), null);
    }

    private static void add(ServletContext application, String name, String path, HttpServlet servlet) {
        ServletRegistration.Dynamic added = application.addServlet(name, servlet);
        added.setAsyncSupported(true);
        added.addMapping(path);
    }

    /** The server of the official SDK that keeps no sessions, as it comes, or with tools run on the threads of the container. */
    private static HttpServlet sdk(boolean immediate) {
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .messageEndpoint(MCP)
                .build();
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("message", Map.of("type", "string")),
                "required",
                List.of("message"),
                "additionalProperties",
                false);
        McpSchema.Tool echo = McpSchema.Tool.builder(EchoApi.OPERATION, schema)
                .description(EchoApi.DESCRIPTION)
                .build();
        McpServer.sync(transport)
                .serverInfo("bench", "1")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .immediateExecution(immediate)
                .tools(new SyncToolSpecification(
                        echo,
                        (call, request) -> CallToolResult.builder()
                                .content(List.of(TextContent.builder(EchoApi.answer(String.valueOf(
                                                request.arguments().get("message"))))
                                        .build()))
                                .build()))
                .build();
        return transport;
    }
}
