package io.mcpguard.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;

/** The real databases, each started once and left running until the tests of the module end. */
final class Databases {

    private static final Path FOLDER = Path.of("target", "databases").toAbsolutePath();

    private Databases() {}

    static TestDatabase h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:audit;DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        source.setPassword("");
        return new TestDatabase(source, "jdbc:h2:mem:audit", "sa");
    }

    static TestDatabase postgres() {
        return new TestDatabase(Postgres.POOL, Postgres.SERVER.getJdbcUrl("postgres", "postgres"), "postgres");
    }

    /** A source without a pool that reaches PostgreSQL by any port, such as that of a proxy, as any user. */
    static PGSimpleDataSource postgres(int port, String user) {
        return at(new PGSimpleDataSource(), port, user);
    }

    private static <T extends BaseDataSource> T at(T source, int port, String user) {
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(user);
        return source;
    }

    static int postgresPort() {
        return Postgres.SERVER.getPort();
    }

    static TestDatabase mariaDb() {
        assumeTrue(MariaDbServer.isPossible(), "MariaDB is on the class path for Linux on x86-64 only");
        return new TestDatabase(MariaDb.POOL, MariaDb.SERVER.url(), "root");
    }

    private static final class Postgres {
        private static final EmbeddedPostgres SERVER = start();
        private static final DataSource POOL =
                JdbcConnectionPool.create(at(new PGConnectionPoolDataSource(), SERVER.getPort(), "postgres"));

        private static EmbeddedPostgres start() {
            try {
                Files.createDirectories(FOLDER);
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(FOLDER.resolve("postgres").toFile())
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class MariaDb {
        private static final MariaDbServer SERVER = start();
        private static final DataSource POOL = pool();

        private static DataSource pool() {
            try {
                MariaDbPoolDataSource source = new MariaDbPoolDataSource(SERVER.url());
                source.setUser("root");
                return source;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static MariaDbServer start() {
            try {
                return MariaDbServer.start(Files.createDirectories(FOLDER.resolve("mariadb")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
