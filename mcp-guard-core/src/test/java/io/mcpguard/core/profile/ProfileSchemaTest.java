package io.mcpguard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Keeps the published schema and the reader the same. */
class ProfileSchemaTest {

    /** Too long for a guess at what was meant, so that the reader lists all keys it knows. */
    private static final String UNKNOWN = "unknown-key-that-is-no-slip-of-the-pen-at-all";

    private static final Pattern KNOWN = Pattern.compile("is not known here; write one of (.+)$");

    /** What no schema can tell: what two places say of each other, and what is not yet YAML. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "second time",
            "write one of ",
            "not after 'validFrom'",
            "before 'notBefore'",
            "allows profiles to use",
            "no credential",
            "an anchor",
            "a type tag",
            "an alias",
            "cannot be read",
            "second document",
            "levels deep",
            "a name of its own",
            "900d",
            "Europe/Berlim");

    @TempDir
    Path folder;

    private final JsonNode schema = JsonMapper.shared().readTree(ProfileSchema.text());

    private static final Schema COMPILED = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(ProfileSchema.text(), InputFormat.JSON);

    private static List<String> complaints(String yaml) {
        JsonNode json = new YAMLMapper().readTree(yaml);
        return COMPILED.validate(json.toString(), InputFormat.JSON).stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void the_schema_of_the_jar_is_the_published_one() throws IOException {
        Path published = Path.of("..", "docs", ProfileSchema.FILE_NAME);

        assertThat(Files.readString(published)).isEqualTo(ProfileSchema.text());
    }

    /** Puts a key nobody knows into each mapping that the schema describes, and has the reader say which it does know. */
    @Test
    void every_key_of_the_reader_is_in_the_schema_and_the_other_way_round() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("", UNKNOWN + ": 1\n");
        places.put("client", "clients: [{" + UNKNOWN + ": 1}]\n");
        places.put("profile", "profiles: [{" + UNKNOWN + ": 1}]\n");
        places.put("credential", "credentials: [{" + UNKNOWN + ": 1}]\n");
        places.put("bind", "profiles: [{bind: {" + UNKNOWN + ": 1}}]\n");
        for (Map.Entry<String, JsonNode> property :
                schema.at("/definitions/profile/properties").properties()) {
            String ref = property.getValue().at("/items/$ref").asString("");
            if (!ref.isEmpty()) {
                places.put(
                        ref.substring(ref.lastIndexOf('/') + 1),
                        "profiles: [{" + property.getKey() + ": [{" + UNKNOWN + ": 1}]}]\n");
            }
        }

        assertThat(places.keySet())
                .containsAll(schema.path("definitions").propertyNames())
                .hasSizeGreaterThan(9);
        places.forEach((definition, yaml) -> {
            JsonNode described = definition.isEmpty() ? schema : schema.at("/definitions/" + definition);
            assertThat(knownTo("version: 1\n" + yaml))
                    .as(yaml)
                    .contains(new TreeSet<>(described.path("properties").propertyNames()));
            assertThat(described.path("additionalProperties").asBoolean(true))
                    .as(definition)
                    .isFalse();
        });
    }

    /** The sets of keys that the reader names in its complaints about {@link #UNKNOWN}. */
    private List<Set<String>> knownTo(String yaml) {
        List<Set<String>> sets = new ArrayList<>();
        for (String problem : problems(yaml)) {
            Matcher known = KNOWN.matcher(problem);
            if (known.find()) {
                sets.add(new TreeSet<>(List.of(known.group(1).split(", ", -1))));
            }
        }
        assertThat(sets).as(yaml).hasSize(1);
        return sets;
    }

    @Test
    void what_the_reader_takes_the_schema_takes() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "profiles.md"));
        String documented = text.substring(text.indexOf("```yaml\n") + "```yaml\n".length());

        assertThat(complaints(documented.substring(0, documented.indexOf("\n```"))))
                .isEmpty();
        assertThat(complaints(ProfileDocumentTest.WHOLE)).isEmpty();
        assertThat(complaints(ProfileDocumentTest.RULED)).isEmpty();
        assertThat(complaints("version: 1\nclients:\nprofiles: []\n")).isEmpty();
    }

    static List<Arguments> structuralMistakes() {
        List<Arguments> structural = new ArrayList<>();
        ProfileDocumentTest.mistakes().forEach(mistake -> add(structural, ProfileDocumentTest.WHOLE, mistake));
        ProfileDocumentTest.mistakesInRules().forEach(mistake -> add(structural, ProfileDocumentTest.RULED, mistake));
        return structural;
    }

    private static void add(List<Arguments> structural, String whole, Arguments mistake) {
        List<String> parts = Arrays.stream(mistake.get()).map(String::valueOf).toList();
        String told = parts.get(1) + " " + parts.get(3);
        if (BEYOND_A_SCHEMA.stream().noneMatch(told::contains)) {
            structural.add(Arguments.of(whole, parts.get(0), parts.get(1)));
        }
    }

    @ParameterizedTest
    @MethodSource("structuralMistakes")
    void what_the_reader_refuses_for_its_form_the_schema_refuses_too(String whole, String right, String wrong) {
        String broken = whole.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
        try {
            assertThat(complaints(broken)).isNotEmpty();
        } catch (JacksonException e) {
            assertThat(problems(broken))
                    .as("neither reads it: %s", e.getOriginalMessage())
                    .isNotEmpty();
        }
    }

    @Test
    void most_mistakes_are_of_form() {
        assertThat(structuralMistakes()).hasSizeGreaterThan(50);
    }

    private List<String> problems(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("profiles.yaml"), yaml);
            return catchThrowableOfType(
                            ConfigurationException.class, () -> ProfileDocument.read(file, Optional.empty()))
                    .problems();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
