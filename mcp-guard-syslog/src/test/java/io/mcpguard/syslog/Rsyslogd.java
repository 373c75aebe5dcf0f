package io.mcpguard.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A running rsyslogd that takes TLS on a free port of loopback and writes what it makes of each message into a file. */
final class Rsyslogd implements AutoCloseable {

    private static final List<String> PROGRAMS = List.of("/usr/sbin/rsyslogd", "/sbin/rsyslogd");
    private static final List<String> LIBRARIES = List.of("/usr/lib", "/usr/lib64", "/lib64");

    private final Path folder;
    private final Process process;
    private final int port;

    /**
     * Starts it.
     *
     * @param folder for its files, with those of the keys in it
     * @param port 0 for a free one
     * @param authentication {@code anon}, or {@code x509/name}: then senders need a certificate for the name {@code orders}
     */
    Rsyslogd(Path folder, int port, String authentication) throws IOException {
        this.folder = folder;
        Path portFile = folder.resolve("port");
        Files.deleteIfExists(portFile);
        Path settings = Files.writeString(folder.resolve("rsyslog.conf"), settings(folder, port, authentication));
        this.process = new ProcessBuilder(program().orElseThrow(), "-n", "-f", settings.toString(), "-i", "NONE")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslogd.log").toFile())
                .start();
        boolean started = false;
        try {
            this.port = port == 0 ? writtenPort(portFile) : port;
            await("rsyslogd listens").until(() -> listens(this.port));
            started = true;
        } finally {
            if (!started) {
                process.destroy();
            }
        }
    }

    private static int writtenPort(Path file) throws IOException {
        await("rsyslogd writes down its port").until(() -> Files.exists(file) && Files.size(file) > 0);
        return Integer.parseInt(Files.readString(file).strip());
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isInstalled() {
        return program().isPresent() && LIBRARIES.stream().anyMatch(Rsyslogd::hasDriver);
    }

    private static Optional<String> program() {
        return PROGRAMS.stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    private static boolean hasDriver(String libraries) {
        if (!Files.isDirectory(Path.of(libraries))) {
            return false;
        }
        try (Stream<Path> found =
                Files.find(Path.of(libraries), 3, (path, attributes) -> path.endsWith("rsyslog/lmnsd_ossl.so"))) {
            return found.findAny().isPresent();
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static String settings(Path folder, int port, String authentication) {
        String permitted = authentication.equals("anon") ? "" : " PermittedPeer=[\"orders\"]";
        return """
                global(workDirectory="%1$s" maxMessageSize="128k"
                       defaultNetstreamDriverCAFile="%1$s/sender.pem"
                       defaultNetstreamDriverCertFile="%1$s/receiver.pem"
                       defaultNetstreamDriverKeyFile="%1$s/receiver.key")
                module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="%3$s"%4$s)
                module(load="mmpstrucdata")
                template(name="parsed" type="list") {
                  constant(value="{")
                  property(outname="pri" name="pri" format="jsonf") constant(value=",")
                  property(outname="host" name="hostname" format="jsonf") constant(value=",")
                  property(outname="app" name="app-name" format="jsonf") constant(value=",")
                  property(outname="id" name="msgid" format="jsonf") constant(value=",")
                  property(outname="text" name="msg" format="jsonf") constant(value=",\\"data\\":")
                  property(name="$!rfc5424-sd") constant(value="}\\n")
                }
                template(name="raw" type="string" string="%%rawmsg%%\\n")
                ruleset(name="both") {
                  action(type="mmpstrucdata" sd_name.lowercase="off")
                  action(type="omfile" file="%1$s/parsed.jsonl" template="parsed")
                  action(type="omfile" file="%1$s/raw.log" template="raw")
                }
                input(type="imtcp" address="127.0.0.1" port="%2$d" listenPortFileName="%1$s/port" ruleset="both")
                """.formatted(folder, port, authentication, permitted);
    }

    int port() {
        return port;
    }

    /** Each message as it came. */
    List<String> raw() throws IOException {
        return lines("raw.log");
    }

    /** Each message as rsyslog has understood it, in JSON. */
    List<String> parsed() throws IOException {
        return lines("parsed.jsonl");
    }

    private List<String> lines(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? List.of(Files.readString(file, UTF_8).split("\n", -1)) : List.of();
    }

    /** What it said itself. */
    String log() throws IOException {
        return Files.readString(folder.resolve("rsyslogd.log"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
