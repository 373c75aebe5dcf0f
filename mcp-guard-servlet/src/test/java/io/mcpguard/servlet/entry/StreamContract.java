package io.mcpguard.servlet.entry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.door.RestArguments;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.protocol.Streamed;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.servlet.rest.RestDoor;
import io.mcpguard.servlet.rest.RestRecording;
import io.mcpguard.servlet.testbed.RecordingTrail;
import io.mcpguard.servlet.testbed.TestService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How streams leave, on any container, through the entry filter and its recording response. */
@Timeout(60)
abstract class StreamContract {

    /** More than the container under test has threads. */
    static final int MANY = 20;

    static final int CONTAINER_THREADS = 10;

    /** Small, so that what a client does not read waits in the service. */
    static final int SEND_BUFFER_BYTES = 8192;

    private final PlayedAnswers answers = new PlayedAnswers();
    private final McpGuard guard = TestService.guard(new RecordingTrail(), built -> {});
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Socket> sockets = new ArrayList<>();
    private Optional<McpServing> serving = Optional.empty();
    private int port;

    /** Starts a container with the filter first, {@code more} behind it, and the servlet at {@code /mcp}. */
    protected abstract int start(GuardEntryFilter entry, McpServlet servlet, Optional<BlockingOnly> more)
            throws Exception;

    /** Stops it. */
    protected abstract void stop() throws Exception;

    private void begin(Duration timeout, boolean blockingOnly) throws Exception {
        McpServing begun = new McpServing(answers, new McpLimits(1 << 16, timeout));
        serving = Optional.of(begun);
        RestDoor rest = new RestDoor(
                guard.guard(),
                guard.catalog(),
                new RestArguments(guard.mask()),
                RestRecording.PROFILES,
                1 << 16,
                guard.frontage(),
                guard.clock());
        GuardEntryFilter entry = new GuardEntryFilter(
                guard.guard(),
                new InnerCalls<>(guard.clock(), new SecureRandom(), 10),
                rest,
                begun,
                GuardMount.SERVLET_NAME,
                request -> {},
                guard.frontage(),
                guard.resource(),
                guard.clock());
        port = start(
                entry,
                new McpServlet(begun, request -> AuthContext.none()),
                blockingOnly ? Optional.of(new BlockingOnly()) : Optional.empty());
    }

    @AfterEach
    void end() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        stop();
        serving.ifPresent(McpServing::close);
        guard.close();
    }

    private <T> HttpResponse<T> ask(String body, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                            .header("Authorization", "Bearer " + TestService.KEY)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    handler);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> ask(String body) {
        return ask(body, HttpResponse.BodyHandlers.ofString());
    }

    /** Asks for a stream on a connection that is not read by itself. */
    private Socket open(String name) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + TestService.KEY + "\r\nContent-Length: " + name.length() + "\r\n\r\n" + name)
                        .getBytes(US_ASCII));
        return socket;
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, UTF_8));
    }

    private void eventsArriveOneByOne() throws IOException {
        PlayedEvents events = answers.stream("s");

        HttpResponse<InputStream> response = ask("s", HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.headers().allValues("X-Accel-Buffering")).containsExactly("no");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-cache");
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        // The head was here before the first event, and each event is here before the next one is made.
        try (BufferedReader in = lines(response.body())) {
            for (int i = 0; i < 50; i++) {
                events.emit("data: é" + i + "\n\n");
                assertThat(in.readLine()).isEqualTo("data: é" + i);
                assertThat(in.readLine()).isEmpty();
            }
            events.emit("data: last\n\n");
            events.end();
            assertThat(in.readLine()).isEqualTo("data: last");
            assertThat(in.readLine()).isEmpty();
            assertThat(in.readLine()).isNull();
        }
        assertThat(ask("plain").body()).isEqualTo("plain");
        assertThat(events.abandoned.getCount()).isOne();
    }

    @Test
    void events_arrive_one_by_one_as_they_are_made() throws Exception {
        begin(Duration.ofSeconds(30), false);

        eventsArriveOneByOne();
    }

    @Test
    void events_arrive_one_by_one_through_a_filter_that_can_only_block() throws Exception {
        begin(Duration.ofSeconds(30), true);

        eventsArriveOneByOne();
    }

    @Test
    void what_was_made_before_the_client_could_be_written_to_is_not_lost() throws Exception {
        begin(Duration.ofSeconds(30), false);
        PlayedEvents events = answers.stream("s");
        events.emit("data: 1\n\n");
        events.emit("data: 2\n\n");
        events.end();

        assertThat(ask("s").body()).isEqualTo("data: 1\n\ndata: 2\n\n");
    }

    @Test
    void events_of_many_threads_at_once_all_arrive_whole() throws Exception {
        begin(Duration.ofSeconds(30), false);
        PlayedEvents events = answers.stream("s");
        HttpResponse<InputStream> response = ask("s", HttpResponse.BodyHandlers.ofInputStream());
        Set<String> made = new TreeSet<>();
        List<Thread> makers = new ArrayList<>();
        for (int maker = 0; maker < 8; maker++) {
            String name = "data: " + maker + "-" + "x".repeat(maker * 1000) + "-";
            for (int i = 0; i < 200; i++) {
                made.add(name + i);
            }
            makers.add(new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    events.emit(name + i + "\n\n");
                }
            }));
        }

        makers.forEach(Thread::start);
        new Thread(() -> {
                    for (Thread maker : makers) {
                        try {
                            maker.join();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                    events.end();
                })
                .start();

        Set<String> arrived = new TreeSet<>();
        try (BufferedReader in = lines(response.body())) {
            in.lines().filter(line -> !line.isEmpty()).forEach(arrived::add);
        }
        assertThat(arrived).isEqualTo(made);
    }

    @Test
    void a_client_that_hangs_up_in_mid_stream_is_noticed() throws Exception {
        begin(Duration.ofSeconds(30), false);
        hangUp();
    }

    @Test
    void a_client_that_hangs_up_behind_a_filter_that_can_only_block_is_noticed() throws Exception {
        begin(Duration.ofSeconds(30), true);
        hangUp();
    }

    private void hangUp() throws IOException {
        PlayedEvents events = answers.stream("s");
        try (Socket socket = open("s")) {
            events.emit("data: first\n\n");
            BufferedReader in = lines(socket.getInputStream());
            Awaitility.await().until(() -> "data: first".equals(in.readLine()));
        }

        Awaitility.await().untilAsserted(() -> {
            events.emit(":\n\n");
            assertThat(events.abandoned.getCount()).isZero();
        });
        assertThat(ask("plain").body()).isEqualTo("plain");
    }

    private void slowReadersHoldNobodyUp() throws IOException {
        String filler = "x".repeat(1000);
        List<Socket> readers = new ArrayList<>();
        for (int reader = 0; reader < MANY; reader++) {
            readers.add(open("s" + reader));
            PlayedEvents events = answers.stream("s" + reader);
            for (int i = 0; i < 500; i++) {
                events.emit("data: " + i + filler + "\n\n");
            }
            events.end();
        }

        for (int i = 0; i < MANY; i++) {
            assertThat(ask("plain").body()).isEqualTo("plain");
        }
        for (int reader = 0; reader < MANY; reader++) {
            assertThat(answers.stream("s" + reader).left()).isPositive();
        }
        // A chunk may end anywhere in an event.
        for (Socket reader : readers) {
            String all =
                    new String(reader.getInputStream().readAllBytes(), US_ASCII).replaceAll("\r\n[0-9a-fA-F]+\r\n", "");
            for (int i = 0; i < 500; i++) {
                assertThat(all).contains("data: " + i + filler + "\n\n");
            }
        }
    }

    @Test
    void readers_that_are_slow_hold_nobody_up_and_miss_nothing() throws Exception {
        begin(Duration.ofSeconds(30), false);

        slowReadersHoldNobodyUp();
    }

    @Test
    void readers_that_are_slow_behind_a_filter_that_can_only_block_hold_nobody_up() throws Exception {
        begin(Duration.ofSeconds(30), true);

        slowReadersHoldNobodyUp();
    }

    @Test
    void more_streams_than_threads_that_may_block_are_refused() throws Exception {
        begin(Duration.ofSeconds(30), true);
        for (int i = 0; i < McpServing.BLOCKING; i++) {
            Socket socket = open("s" + i);
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }

        HttpResponse<String> refused = ask("one more");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(refused.body()).isEqualTo("guard-unavailable");
        assertThat(answers.stream("one more").abandoned.await(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void a_stream_outlives_the_time_that_a_plain_answer_has() throws Exception {
        begin(Duration.ofMillis(300), false);
        PlayedEvents events = answers.stream("s");
        HttpResponse<InputStream> response = ask("s", HttpResponse.BodyHandlers.ofInputStream());

        assertThat(ask("never").statusCode()).isEqualTo(504);
        assertThat(ask("never").statusCode()).isEqualTo(504);

        events.emit("data: still here\n\n");
        try (BufferedReader in = lines(response.body())) {
            assertThat(in.readLine()).isEqualTo("data: still here");
            events.end();
        }
    }

    @Test
    void a_stream_that_comes_too_late_is_abandoned() throws Exception {
        begin(Duration.ofMillis(100), false);
        PlayedEvents events = answers.stream("s");

        assertThat(ask("never").statusCode()).isEqualTo(504);
        answers.never.complete(Streamed.of(events));

        assertThat(events.abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_body_that_never_comes_is_refused() throws Exception {
        begin(Duration.ofMillis(100), false);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.getOutputStream()
                .write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestService.KEY
                                + "\r\nContent-Length: 10\r\n\r\n12345")
                        .getBytes(US_ASCII));

        String answer = lines(socket.getInputStream()).readLine();

        assertThat(answer).startsWith("HTTP/1.1 503");
    }
}
