package io.mcpguard.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs what is kept for the fuzzer, and what it has found before, without the fuzzer. */
class EndpointFuzzTest {

    private static final EndpointFuzz TARGET = new EndpointFuzz();

    static Stream<String> seeds() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(names).hasSizeGreaterThan(20);
            return names.stream();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(EndpointFuzzTest.class.getResource("fuzz"))
                .toURI());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_kept_breaks_nothing(String seed) throws URISyntaxException {
        try {
            TARGET.check(Files.readAllBytes(folder().resolve(seed)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
