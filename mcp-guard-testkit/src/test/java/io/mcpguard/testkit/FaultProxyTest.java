package io.mcpguard.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private ServerSocket service;
    private FaultProxy proxy;

    /** Completed with what the last connection has read, when it has ended. */
    private volatile CompletableFuture<String> read = new CompletableFuture<>();

    @BeforeEach
    void start() throws IOException {
        service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread echo = new Thread(() -> {
            while (!service.isClosed()) {
                try (Socket client = service.accept()) {
                    echo(client);
                } catch (IOException e) {
                    read.completeExceptionally(e);
                }
            }
        });
        echo.setDaemon(true);
        echo.start();
        proxy = FaultProxy.to(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), service.getLocalPort()));
    }

    private void echo(Socket client) throws IOException {
        CompletableFuture<String> done = read;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = client.getInputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            bytes.write(b);
            if (b == '\n') {
                client.getOutputStream().write(bytes.toByteArray());
            }
        }
        done.complete(bytes.toString(US_ASCII));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        service.close();
    }

    private Socket connect() throws IOException {
        read = new CompletableFuture<>();
        Socket socket = new Socket();
        socket.connect(proxy.address(), 2_000);
        socket.setSoTimeout(300);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(6), US_ASCII);
    }

    @Test
    void passes_both_directions_on_when_nothing_is_wrong() throws IOException {
        assertPassing();
    }

    private void assertPassing() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "hello\n");

            assertThat(answer(socket)).isEqualTo("hello\n");
        }
    }

    @Test
    void refuses_open_connections_and_new_ones_until_healed() throws IOException {
        try (Socket open = connect()) {
            send(open, "hello\n");
            assertThat(answer(open)).isEqualTo("hello\n");

            proxy.refuse();

            assertThatThrownBy(() -> {
                        send(open, "hello\n");
                        answer(open);
                    })
                    .isInstanceOf(SocketException.class);
            // The reset may come as early as the end of the handshake.
            assertThatThrownBy(() -> {
                        try (Socket socket = connect()) {
                            send(socket, "hello\n");
                            answer(socket);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
        proxy.heal();
        assertPassing();
    }

    @Test
    void a_connection_that_hung_is_reset_and_what_it_held_is_lost() throws Exception {
        proxy.hang();
        try (Socket socket = connect()) {
            send(socket, "hello\n");
            assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();

            socket.setSoTimeout(5_000);
            assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketException.class);
            assertThat(read.get(5, TimeUnit.SECONDS)).isEmpty();
        }
        assertPassing();
    }

    @Test
    void answers_are_late() throws IOException {
        proxy.delay(Duration.ofMillis(150));
        try (Socket socket = connect()) {
            socket.setSoTimeout(5_000);
            long start = System.nanoTime();
            send(socket, "hello\n");

            assertThat(answer(socket)).isEqualTo("hello\n");
            assertThat(System.nanoTime() - start)
                    .isGreaterThan(Duration.ofMillis(149).toNanos());
        }
    }

    @Test
    void a_request_that_is_cut_reaches_the_service_in_part() throws Exception {
        proxy.cutRequestsAfter(3);
        try (Socket socket = connect()) {
            send(socket, "hello\n");

            socket.setSoTimeout(5_000);
            assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketException.class);
            assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo("hel");
        }
        try (Socket socket = connect()) {
            send(socket, "again\n");

            socket.setSoTimeout(5_000);
            assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketException.class);
            assertThat(read.get(5, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void a_lost_answer_is_one_to_a_request_that_the_service_has() throws Exception {
        proxy.cutAnswersAfter(0);
        try (Socket socket = connect()) {
            send(socket, "hello\n");

            socket.setSoTimeout(5_000);
            assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketException.class);
            assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo("hello\n");
        }
    }

    @Test
    void connections_that_are_open_can_be_cut_while_new_ones_work() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "hello\n");
            assertThat(answer(socket)).isEqualTo("hello\n");

            proxy.cutAll();

            assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketException.class);
        }
        assertPassing();
    }
}
