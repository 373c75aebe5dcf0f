package io.mcpguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.profile.ProfileDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show must be what the repository holds. */
class DocumentationTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");

    @TempDir
    Path folder;

    @Test
    void every_link_in_a_document_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                Path target = document.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)) {
                    broken.add(ROOT.relativize(document) + " -> " + link.group(1));
                }
            }
        }

        assertThat(documents()).hasSizeGreaterThan(5);
        assertThat(broken).isEmpty();
    }

    @Test
    void every_test_that_a_document_names_is_there() throws IOException {
        Set<String> tests = sources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : documents()) {
            Matcher test = TEST.matcher(Files.readString(document));
            while (test.find()) {
                named++;
                if (!tests.contains(test.group(1) + ".java")) {
                    missing.add(ROOT.relativize(document) + " names " + test.group(1));
                }
            }
        }

        assertThat(named).isGreaterThan(50);
        assertThat(missing).isEmpty();
    }

    private static Set<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void every_line_that_the_drop_in_adds_stands_in_the_example() throws IOException {
        List<String> missing = new ArrayList<>();
        List<String> present = List.of();
        int added = 0;
        boolean diff = false;
        for (String line : Files.readAllLines(ROOT.resolve("docs/drop-in.md"))) {
            diff = line.startsWith("```") ? line.equals("```diff") : diff;
            if (diff && line.startsWith("+++ b/")) {
                present = Files.readAllLines(ROOT.resolve(line.substring("+++ b/".length())));
            } else if (diff && line.startsWith("+")) {
                added++;
                if (!present.contains(line.substring(1))) {
                    missing.add(line);
                }
            }
        }

        assertThat(added).isGreaterThan(50);
        assertThat(missing).isEmpty();
    }

    @Test
    void the_profiles_that_are_explained_are_without_mistakes() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/profiles.md"));
        String yaml = text.substring(text.indexOf("```yaml\n") + "```yaml\n".length());
        Path file = Files.writeString(folder.resolve("profiles.yaml"), yaml.substring(0, yaml.indexOf("\n```")));

        ProfileDocument document = ProfileDocument.read(file, Optional.of(Set.of("DEVELOPER")));

        assertThat(document.profiles()).hasSize(1);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"), 2)) {
            return Stream.of(top, docs, examples)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
