package com.example.tickets;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The service, running on a port of its own and called over HTTP. */
final class Service implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private Service(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Service start(Home home, List<String> properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "logging.level.root=off",
                "mcp.guard.home=" + home.folder(),
                "mcp.guard.allowed-roles=AGENT,LEAD"));
        all.addAll(properties);
        return new Service(new SpringApplicationBuilder(TicketApplication.class)
                .properties(all.toArray(String[]::new))
                .run());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /**
     * Stops the server and starts it again, as for a checkpoint; its port is another one then.
     *
     * @param question asked when the server takes requests already and nothing behind it has been started yet
     * @return the answer
     */
    String restart(Supplier<String> question) {
        context.stop();
        BehindServer behind = new BehindServer(question);
        context.getBeanFactory().registerSingleton("behindServer", behind);
        context.start();
        return behind.answer;
    }

    private static final class BehindServer implements SmartLifecycle {
        private final Supplier<String> question;
        private String answer = "not asked";

        BehindServer(Supplier<String> question) {
            this.question = question;
        }

        @Override
        public int getPhase() {
            return DEFAULT_PHASE - 1;
        }

        @Override
        public void start() {
            answer = question.get();
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    /** The server that runs, by the class of Spring Boot that started it. */
    String server() throws ReflectiveOperationException {
        return context.getClass()
                .getMethod("getWebServer")
                .invoke(context)
                .getClass()
                .getSimpleName();
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder;
    }

    /** A request to the port of the actuator, where it has one of its own. */
    HttpRequest.Builder management(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + context.getEnvironment().getProperty("local.management.port") + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest.Builder request, CookieHandler cookies)
            throws IOException, InterruptedException {
        return HttpClient.newBuilder().cookieHandler(cookies).build().send(request.build(), BodyHandlers.ofString());
    }

    /** A call of a tool, as a client of the handshake era sends it. */
    HttpRequest.Builder tool(String mcp, String name, String arguments, String... headers) {
        return request(mcp, headers)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-06-18")
                .POST(BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + name
                                + "\",\"arguments\":" + arguments + "}}"));
    }

    @Override
    public void close() {
        context.close();
    }
}
