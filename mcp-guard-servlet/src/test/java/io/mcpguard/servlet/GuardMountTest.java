package io.mcpguard.servlet;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.Stage;
import io.mcpguard.servlet.testbed.RecordingTrail;
import io.mcpguard.servlet.testbed.TestService;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class GuardMountTest {

    private static final class Items extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getOutputStream()
                    .write(("{\"user\":\"" + request.getRemoteUser() + "\",\"from\":\"" + request.getRemoteAddr()
                                    + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_mount_registers_itself_with_plain_servlets_and_finds_its_way_into_jetty() throws Exception {
        RecordingTrail trail = new RecordingTrail();
        GuardMount mount =
                GuardMount.builder(TestService.guard(trail, built -> {})).build();
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((classes, servlets) -> mount.register(servlets, "/mcp"));
        context.addServlet(new ServletHolder(new Items()), "/api/items/*");
        server.setHandler(context);
        server.start();
        try {
            URI base = URI.create("http://127.0.0.1:" + connector.getLocalPort());
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> rest = client.send(
                    HttpRequest.newBuilder(base.resolve("/api/items/7"))
                            .header("Authorization", "Bearer " + KEY)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(rest.body()).isEqualTo("{\"user\":\"robot\",\"from\":\"127.0.0.1\"}");
            String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                    + "\"execute_endpoint\",\"arguments\":{\"endpoint_id\":\"getItem\",\"path_params\":{\"id\":\"7\"}}}}";
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> mcp = client.send(
                        HttpRequest.newBuilder(base.resolve("/mcp"))
                                .header("Authorization", "Bearer " + KEY)
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json")
                                .header("MCP-Protocol-Version", "2025-06-18")
                                .POST(HttpRequest.BodyPublishers.ofString(message))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(mcp.statusCode()).isEqualTo(200);
                assertThat(mcp.body()).contains("robot");
            }

            assertThat(trail.stages())
                    .containsExactly(
                            Stage.INTENT, Stage.OUTCOME, Stage.INTENT, Stage.OUTCOME, Stage.INTENT, Stage.OUTCOME);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(mount.invokerStanding()).isEqualTo("found equal"));
            assertThat(mount.invokerName()).isEqualTo("re-entry");
        } finally {
            mount.close();
            server.stop();
        }
    }

    @Test
    void nothing_of_the_mount_needs_any_of_the_containers_to_be_there() throws Exception {
        URL[] classPath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(System.getProperty("path.separator"), -1))
                .map(GuardMountTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader bare = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("org.apache.catalina.")
                        || name.startsWith("org.apache.coyote.")
                        || name.startsWith("org.apache.tomcat.")
                        || name.startsWith("org.eclipse.jetty.")
                        || name.startsWith("io.undertow.")
                        || name.startsWith("org.xnio.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.findClass(name);
            }
        }) {
            for (String name : new String[] {
                "servlet.GuardMount",
                "servlet.entry.GuardEntryFilter",
                "servlet.entry.McpServlet",
                "servlet.rest.GuardGateFilter",
                "servlet.selfcheck.AutoInvoker",
                "loopback.LoopbackInvoker"
            }) {
                Class<?> type = Class.forName("io.mcpguard." + name, true, bare);
                assertThat(type.getDeclaredMethods()).isNotEmpty();
            }
            Class<?> reentry = Class.forName("io.mcpguard.servlet.Reentry", true, bare);
            var of = Arrays.stream(reentry.getDeclaredMethods())
                    .filter(method -> method.getName().equals("of"))
                    .findFirst()
                    .orElseThrow();
            of.setAccessible(true);

            Class<?> requests = Class.forName("jakarta.servlet.http.HttpServletRequest", true, bare);
            Object request =
                    Proxy.newProxyInstance(bare, new Class<?>[] {requests}, (proxy, method, arguments) -> null);

            assertThat(of.invoke(null, request, null, 1)).hasToString("Optional.empty");
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
