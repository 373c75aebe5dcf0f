package io.mcpguard.servlet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.servlet.testbed.TestContainer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs what is kept for the fuzzer, and what it has found before, without the fuzzer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReentrySeeds {

    private final ReentryFuzz target;

    ReentrySeeds(TestContainer container) {
        target = new ReentryFuzz(container);
    }

    static Stream<String> seeds() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(names).hasSizeGreaterThan(20);
            return names.stream();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(ReentrySeeds.class.getResource("seeds")).toURI());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_kept_breaks_nothing(String seed) throws IOException, URISyntaxException {
        target.check(Files.readAllBytes(folder().resolve(seed)));
    }

    @AfterAll
    void stop() {
        target.close();
    }
}
