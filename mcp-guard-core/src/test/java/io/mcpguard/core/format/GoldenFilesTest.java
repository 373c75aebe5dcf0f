package io.mcpguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mcpguard.audit.AuditEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each format of each kind of event, character by character. After a change that is meant, write the files anew with
 *
 * <pre>mvn -Pquick -pl mcp-guard-core -am -Dtest=GoldenFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden=write test</pre>
 *
 * and look at the difference. That run fails on purpose, and it writes nothing where {@code CI} is set, so that no build can
 * accept what it has made itself.
 */
class GoldenFilesTest {

    private static final Path FILES = Path.of("src/test/resources/io/mcpguard/core/format/golden");

    @Test
    void every_format_writes_what_its_golden_file_holds() throws IOException {
        Map<String, String> written = written();
        if ("write".equals(System.getProperty("golden"))) {
            write(written);
        }

        for (Map.Entry<String, String> one : written.entrySet()) {
            Path file = FILES.resolve(one.getKey());
            assertThat(file).as("golden file; see the comment of this class").exists();
            assertThat(Files.readString(file)).as(one.getKey()).isEqualTo(one.getValue() + "\n");
        }
    }

    @Test
    void no_golden_file_is_left_from_before() throws IOException {
        Set<String> present = new TreeSet<>();
        try (Stream<Path> files = Files.walk(FILES)) {
            files.filter(Files::isRegularFile)
                    .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
                    .forEach(present::add);
        }

        assertThat(present).isEqualTo(new TreeSet<>(written().keySet()));
    }

    private static Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        SampleEvents.all().forEach((name, event) -> {
            Formats.all()
                    .forEach((format, renderer) -> written.put(format + "/" + name + ".txt", renderer.format(event)));
            written.put("otel/" + name + ".txt", attributes(event));
        });
        return written;
    }

    private static String attributes(AuditEvent event) {
        List<String> lines = new ArrayList<>();
        OtelAttributes otel = new OtelAttributes(SampleEvents.REPORTER);
        lines.add(otel.eventName(event));
        otel.attributes(event)
                .forEach(
                        (name, value) -> lines.add(name + " = " + value + (value instanceof Long ? " (integer)" : "")));
        return String.join("\n", lines);
    }

    private static void write(Map<String, String> written) throws IOException {
        if (System.getenv("CI") != null) {
            fail("golden files are not written where CI is set");
        }
        for (Map.Entry<String, String> one : written.entrySet()) {
            Path file = FILES.resolve(one.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, one.getValue() + "\n");
        }
        fail("golden files are written anew: look at the difference, then run without -Dgolden");
    }
}
