package io.mcpguard.servlet.canary;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@link CanaryService} in a process of its own, whose guard logs as much as DEBUG has. */
final class RunningProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final URI uri;

    RunningProcess(Path home, Path log, Path errors) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.logFile=" + log,
                        "-Dorg.slf4j.simpleLogger.log.io.mcpguard=debug",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CanaryService.class.getName(),
                        home.toString())
                .redirectError(errors.toFile())
                .start();
        out = process.inputReader();
        String port = out.readLine();
        if (port == null) {
            throw new IOException("the service did not start, see " + errors);
        }
        uri = URI.create("http://127.0.0.1:" + port);
    }

    URI uri() {
        return uri;
    }

    /** Ends it in order and returns what else it has said. */
    String end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String said = out.lines().reduce("", String::concat);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("the service did not stop");
        }
        return said;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
