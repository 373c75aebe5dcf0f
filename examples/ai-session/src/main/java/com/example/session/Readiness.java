package com.example.session;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waits until a service that chose its own port has said which, and is healthy. */
final class Readiness {

    private static final Pattern PORT = Pattern.compile("started on port (\\d+)");
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path log;
    private final long pid;
    private final String health;

    Readiness(Path log, long pid, String health) {
        this.log = log;
        this.pid = pid;
        this.health = health;
    }

    /** Returns the port. */
    int await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                throw new Unexpected("the service ended before it was ready; its log is " + log);
            }
            Optional<Integer> port = port();
            if (port.isPresent() && isHealthy(port.get())) {
                return port.get();
            }
            pause();
        }
        throw new Unexpected("the service was not ready within " + limit.toSeconds() + " s; its log is " + log);
    }

    private Optional<Integer> port() {
        try {
            Matcher found = PORT.matcher(Files.readString(log, StandardCharsets.UTF_8));
            return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isHealthy(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + health))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("interrupted while waiting for the service", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("interrupted while waiting for the service", e);
        }
    }
}
