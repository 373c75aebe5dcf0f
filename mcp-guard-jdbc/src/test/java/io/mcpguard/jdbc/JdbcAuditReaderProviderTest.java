package io.mcpguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.AuditReaderProvider;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAuditReaderProviderTest {

    private static final String PASSWORD = "canary-4711";

    @TempDir
    Path folder;

    private static Optional<AuditReader> open(String address, Map<String, String> settings) {
        return ServiceLoader.load(AuditReaderProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(JdbcAuditReaderProvider.class::isInstance)
                .findFirst()
                .orElseThrow()
                .open(address, settings);
    }

    @ParameterizedTest
    @EnumSource
    void what_a_sink_has_kept_is_read_by_the_address_of_the_database(EachDatabase which) {
        TestDatabase database = which.get();
        String table = TestDatabase.newTable();
        List<AuditEvent> events = SomeEvents.events(3);
        try (AuditSink sink = database.sink(table)) {
            sink.write(events);
        }

        AuditReader reader = open(
                        database.url().replaceAll("\\?.*", ""),
                        Map.of("user", database.user(), "password", "", "table", table))
                .orElseThrow();

        try (Stream<AuditEvent> read = reader.read(AuditQuery.everything())) {
            assertThat(read.toList()).isEqualTo(events);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "journal", "/var/audit", "https://db/audit", "jdbc"})
    void an_address_of_another_kind_is_left_to_others(String address) {
        assertThat(open(address, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:",
                "jdbc:sqlite:/etc/passwd",
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://127.0.0.1/x'",
                "jdbc:h2:mem:x;init=SELECT 1",
                "jdbc:h2:mem:x;TRACE_LEVEL_FILE=3",
                "jdbc:h2:mem:x;IFEXISTS=FALSE",
                "jdbc:postgresql://127.0.0.1/x?socketFactory=com.example.Factory",
                "jdbc:postgresql://127.0.0.1/x?ssl=true&loggerFile=/tmp/x",
                "jdbc:postgresql://127.0.0.1/x?user=a&password=canary-4711",
                "jdbc:mariadb://127.0.0.1/x?allowLocalInfile=true",
                "jdbc:mariadb://127.0.0.1/x?credentialType=x",
                "jdbc:mariadb://127.0.0.1/x?%61llowLocalInfile=true"
            })
    void parameters_that_do_more_than_reach_a_server_are_refused(String address) {
        assertThatThrownBy(() -> open(address, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("canary-4711");
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> open("jdbc:h2:mem:audit", Map.of("tabel", "x")))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> open("jdbc:h2:mem:audit", Map.of("table", "x; DROP TABLE y")))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void a_database_that_does_not_answer_is_said_without_a_secret() {
        assertThatThrownBy(() ->
                        open("jdbc:postgresql://127.0.0.1:1/audit", Map.of("user", "audit", "password", PASSWORD)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("there is no connection")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void asking_for_a_database_that_is_not_there_makes_none() {
        Path file = folder.resolve("audit");

        assertThatThrownBy(() -> open("jdbc:h2:" + file, Map.of("user", "sa", "password", "")))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(file.resolveSibling("audit.mv.db")).matches(path -> !Files.exists(path));
    }
}
