package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Response;
import io.mcpguard.catalog.Schema;
import io.mcpguard.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link OperationSource}. Extend it over a service that has operations which are published and others which are
 * not.
 *
 * <p>What cannot be tested here, for want of a JSON library: that a schema is valid JSON Schema beyond what its references
 * say (part of OS-4). The guard compiles every schema when it starts and refuses to start with one that is not.
 *
 * @since 0.1
 */
public abstract class OperationSourceContract {

    private static final Pattern REFERENCE = Pattern.compile("\"\\$(?:ref|dynamicRef)\"\\s*:\\s*\"([^\"]*)\"");

    /** For subclasses. */
    protected OperationSourceContract() {}

    /**
     * Makes the source under test.
     *
     * @return a new source over the same service
     */
    protected abstract OperationSource newSource();

    /**
     * Lists what the owner has marked.
     *
     * @return the ids of exactly the operations that are published, at least two
     */
    protected abstract Set<String> marked();

    /**
     * Lists what the service has as well, and the owner has not marked.
     *
     * @return HTTP method and path template of each, such as {@code DELETE /api/orders/{orderId}}; at least one
     */
    protected abstract Set<String> unmarked();

    /**
     * Makes sources over services whose owner made a mistake.
     *
     * @return for each source a text that the message must hold, so that the place of the mistake is found; at least one
     */
    protected abstract Map<String, OperationSource> mistaken();

    @Test
    @DisplayName("OS-1 what the owner has marked is published, all of it and nothing else")
    void what_is_marked_is_published() {
        assertThat(operations(newSource()))
                .extracting(operation -> operation.id().value())
                .containsExactlyInAnyOrderElementsOf(marked());
        assertThat(marked()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("OS-1 what the owner has not marked is not published")
    void what_is_not_marked_is_not_published() {
        assertThat(unmarked()).isNotEmpty();
        assertThat(operations(newSource()))
                .extracting(operation -> operation.method() + " " + operation.path())
                .doesNotContainAnyElementsOf(unmarked());
    }

    @Test
    @DisplayName("OS-2 no two products and no two operations share an id")
    void ids_are_unique() {
        List<ProductOperations> published = newSource().published();

        assertThat(published).extracting(each -> each.product().id()).doesNotHaveDuplicates();
        assertThat(operations(newSource())).extracting(Operation::id).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("OS-3 asking again gives the same answer in the same order")
    void answer_is_stable() {
        OperationSource source = newSource();

        String first = described(source);

        assertThat(described(source)).isEqualTo(first);
        assertThat(described(newSource())).isEqualTo(first);
    }

    @Test
    @DisplayName("OS-4 every reference in a schema is local")
    void references_are_local() {
        for (Operation operation : operations(newSource())) {
            for (Schema schema : schemas(operation)) {
                assertThat(schema.json().strip()).as("%s", operation).matches("(?s)\\{.*}|true|false");
                Matcher reference = REFERENCE.matcher(schema.json());
                while (reference.find()) {
                    assertThat(reference.group(1)).as("%s", operation).startsWith("#");
                }
            }
        }
    }

    @Test
    @DisplayName("OS-5 a mistake of the owner is a ConfigurationException that names the place")
    void mistakes_are_named() {
        assertThat(mistaken()).isNotEmpty();
        mistaken()
                .forEach((place, source) -> assertThatThrownBy(source::published)
                        .as(place)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining(place));
    }

    private static List<Operation> operations(OperationSource source) {
        return source.published().stream()
                .flatMap(each -> each.operations().stream())
                .toList();
    }

    private static List<Schema> schemas(Operation operation) {
        List<Schema> schemas = new ArrayList<>();
        operation.parameters().forEach(parameter -> schemas.add(parameter.schema()));
        operation.body().map(RequestBody::schema).ifPresent(schemas::add);
        operation.responses().forEach(response -> response.schema().ifPresent(schemas::add));
        return schemas;
    }

    /** Everything that is published, since operations are not equal by value. */
    private static String described(OperationSource source) {
        StringBuilder text = new StringBuilder();
        for (ProductOperations product : source.published()) {
            text.append(product.product()).append('\n');
            for (Operation each : product.operations()) {
                text.append(each).append(each.title()).append(each.description());
                text.append(each.parameters().stream().map(Parameter::toString).collect(Collectors.joining()));
                text.append(each.body()).append(each.hints());
                text.append(each.responses().stream().map(Response::toString).collect(Collectors.joining()));
                text.append(each.scopes().stream().sorted().toList()).append('\n');
            }
        }
        return text.toString();
    }
}
