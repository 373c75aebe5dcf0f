package io.mcpguard.core.sink.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/audit-sink.md shows code that is compiled and run. */
class SinkDocumentationTest {

    private static final Path SOURCES = Path.of("src/test/java/io/mcpguard/core/sink/own");

    @ParameterizedTest
    @CsvSource({"own-sink,SiemSink,final class SiemSink", "own-sink-test,SiemSinkTest,class SiemSinkTest"})
    void the_code_that_is_shown_is_the_code_that_is_run(String mark, String type, String from) throws IOException {
        String page = Files.readString(Path.of("../docs/audit-sink.md"));
        String begin = "<!-- " + mark + " -->\n```java\n";
        int start = page.indexOf(begin) + begin.length();
        String shown = page.substring(start, page.indexOf("```", start));
        String source = Files.readString(SOURCES.resolve(type + ".java"));

        assertThat(page).contains(begin);
        assertThat(shown).isEqualTo(source.substring(source.indexOf("\n" + from) + 1));
    }
}
