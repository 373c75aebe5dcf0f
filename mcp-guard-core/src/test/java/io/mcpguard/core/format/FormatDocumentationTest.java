package io.mcpguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The records in docs/audit-formats.md are those of the golden files. */
class FormatDocumentationTest {

    private static final Path PAGE = Path.of("../docs/audit-formats.md");
    private static final Path FILES = Path.of("src/test/resources/io/mcpguard/core/format/golden");

    @Test
    void shows_a_record_of_each_format_as_it_is_written() throws IOException {
        List<String> blocks = blocks(Files.readString(PAGE));

        List<String> expected = new ArrayList<>();
        for (String file : List.of(
                "ocsf/outcome-success",
                "ecs/outcome-success",
                "cef/outcome-success",
                "leef/rate-limited",
                "syslog/denied-by-scope",
                "syslog-cef/outcome-failed",
                "json/outcome-success",
                "otel/outcome-success")) {
            expected.add(Files.readString(FILES.resolve(file + ".txt")));
        }
        assertThat(blocks).isEqualTo(expected);
    }

    /** Everything between fences but the Java. */
    private static List<String> blocks(String page) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        boolean inside = false;
        boolean java = false;
        for (String line : page.lines().toList()) {
            if (line.startsWith("```")) {
                java = !inside && line.equals("```java");
                if (inside && block.length() > 0) {
                    blocks.add(block.toString());
                }
                block.setLength(0);
                inside = !inside;
            } else if (inside && !java) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }
}
