package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.Schema;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.testkit.internal.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link FeatureSource}. Extend it over a source that publishes at least one feature.
 *
 * <p>What is tested of a schema here (FS-3): that it is JSON, of this dialect or of none that it names, with local references
 * only. The guard compiles every schema when it starts and refuses to start with one that is not valid beyond that.
 *
 * @since 0.1
 */
public abstract class FeatureSourceContract {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** What these hold is data, in which a reference means nothing. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    /** For subclasses. */
    protected FeatureSourceContract() {}

    /**
     * Makes the source under test.
     *
     * @return a new source over the same service
     */
    protected abstract FeatureSource newSource();

    @Test
    @DisplayName("FS-1 no two tools, no two prompts and no two resources share a name")
    void names_are_unique() {
        List<Feature> features = features(newSource());

        assertThat(features).isNotEmpty();
        assertThat(features)
                .extracting(feature -> feature.operation().method() + " " + feature.name())
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("FS-1 no two resources share a URI")
    void uris_are_unique() {
        assertThat(features(newSource()))
                .filteredOn(ResourceFeature.class::isInstance)
                .extracting(feature -> ((ResourceFeature) feature).uri())
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("FS-2 asking again gives the same features in the same order")
    void answer_is_stable() {
        FeatureSource source = newSource();

        String first = described(source);

        assertThat(described(source)).isEqualTo(first);
        assertThat(described(newSource())).isEqualTo(first);
    }

    @Test
    @DisplayName("FS-3 every schema is JSON Schema 2020-12 with local references only")
    void schemas_are_local() {
        for (ToolFeature tool : tools(newSource())) {
            checked(tool, tool.inputSchema());
            tool.outputSchema().ifPresent(schema -> checked(tool, schema));
        }
    }

    @Test
    @DisplayName("FS-3 the schema of a tool's arguments is of type object")
    void arguments_are_an_object() {
        for (ToolFeature tool : tools(newSource())) {
            Object root = JsonReader.read(tool.inputSchema().json());

            assertThat(root instanceof Map<?, ?> keywords ? keywords.get("type") : root)
                    .as("%s", tool)
                    .isEqualTo("object");
        }
    }

    private static void checked(ToolFeature tool, Schema schema) {
        Object root = JsonReader.read(schema.json());

        assertThat(root).as("%s", tool).isInstanceOfAny(Map.class, Boolean.class);
        if (root instanceof Map<?, ?> keywords && keywords.get("$schema") instanceof String dialect) {
            assertThat(dialect).as("%s", tool).isEqualTo(DIALECT);
        }
        assertThat(references(root)).as("%s", tool).allMatch(reference -> reference.startsWith("#"));
    }

    private static List<String> references(@Nullable Object part) {
        List<String> found = new ArrayList<>();
        if (part instanceof List<?> items) {
            items.forEach(item -> found.addAll(references(item)));
        } else if (part instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
                if (("$ref".equals(name) || "$dynamicRef".equals(name)) && value instanceof String reference) {
                    found.add(reference);
                } else if (!DATA.contains(name)) {
                    found.addAll(references(value));
                }
            });
        }
        return found;
    }

    private static List<Feature> features(FeatureSource source) {
        return source.published().stream()
                .flatMap(product -> product.features().stream())
                .toList();
    }

    private static List<ToolFeature> tools(FeatureSource source) {
        return features(source).stream()
                .filter(ToolFeature.class::isInstance)
                .map(ToolFeature.class::cast)
                .toList();
    }

    /** Everything that is published, since features are not equal by value. */
    private static String described(FeatureSource source) {
        StringBuilder text = new StringBuilder();
        for (ProductFeatures product : source.published()) {
            text.append(product.product()).append('\n');
            for (Feature each : product.features()) {
                text.append(each).append(each.title()).append(each.description());
                text.append(each.operation().hints());
                if (each instanceof ToolFeature tool) {
                    text.append(tool.inputSchema()).append(tool.outputSchema()).append(tool.openWorld());
                } else if (each instanceof PromptFeature prompt) {
                    text.append(prompt.arguments()).append(prompt.completion().isPresent());
                } else if (each instanceof ResourceFeature resource) {
                    text.append(resource.uri()).append(resource.mimeType());
                    text.append(resource.completion().isPresent());
                }
                text.append('\n');
            }
        }
        return text.toString();
    }
}
