package io.mcpguard.apidoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import io.mcpguard.schema.BodySchemas;
import io.mcpguard.schema.Descriptions;
import io.mcpguard.schema.Validation;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compiles with the JDK's own compiler as a service would, all warnings on and fatal, and reads what became of it. */
class ApidocProcessorTest {

    private static final String ORDERS = """
            package shop;

            import io.mcpguard.annotation.McpOperation;
            import io.mcpguard.annotation.McpProduct;
            import java.util.List;

            /** Orders of {@code customers}. */
            @McpProduct("orders")
            public class Orders implements Reading<Order> {

                /**
                 * Places an order: 5 = five, naïve #1.
                 *
                 * <p>Twice is two orders.
                 *
                 * @param order what is ordered
                 * @param tags words to find it by
                 * @return the order
                 */
                @McpOperation
                public Order place(Order order, String[] tags, int count) {
                    return order;
                }

                @Override
                @McpOperation(description = "Stated.")
                public Order read(String id, List<String> fields) {
                    throw new UnsupportedOperationException(id);
                }

                @McpOperation
                public void silent() {}

                /** No operation. */
                public void internal() {}
            }
            """;

    private static final String READING = """
            package shop;

            import io.mcpguard.annotation.McpOperation;
            import java.util.List;

            public interface Reading<T> {
                /**
                 * Reads.
                 *
                 * @param id which one
                 */
                @McpOperation
                T read(String id, List<String> fields);
            }
            """;

    private static final String ORDER = """
            package shop;

            import java.util.List;

            /**
             * One order.
             *
             * @param id given by the shop
             * @param lines what was ordered
             */
            public record Order(String id, List<Line> lines) {

                /** A line. */
                public static class Line {
                    /** How many. */
                    private int count;

                    private String sku = "";

                    public int getCount() {
                        return count;
                    }

                    public void setCount(int count) {
                        this.count = count;
                    }

                    /** {@return what is sold} */
                    public String getSku() {
                        return sku;
                    }

                    public void setSku(String sku) {
                        this.sku = sku;
                    }
                }
            }
            """;

    @TempDir
    Path output;

    @Test
    void describes_operations_by_their_javadoc_where_annotations_say_nothing() throws Exception {
        compile();

        try (URLClassLoader loader = loader()) {
            Class<?> orders = loader.loadClass("shop.Orders");
            Method place = method(orders, "place");
            Method read = method(orders, "read");

            assertThat(Descriptions.description(own(place), place))
                    .isEqualTo("Places an order: 5 = five, naïve #1.\nTwice is two orders.");
            assertThat(Descriptions.parameter(place, 0, place.getParameters()[0]))
                    .isEqualTo("what is ordered");
            assertThat(Descriptions.parameter(place, 1, place.getParameters()[1]))
                    .isEqualTo("words to find it by");
            assertThat(Descriptions.parameter(place, 2, place.getParameters()[2]))
                    .isEmpty();
            assertThat(Descriptions.description(own(read), read)).isEqualTo("Stated.");
            assertThat(Descriptions.parameter(read, 0, read.getParameters()[0])).isEqualTo("which one");
            assertThat(Descriptions.description(own(method(orders, "silent")), method(orders, "silent")))
                    .isEmpty();
            assertThat(Descriptions.product(orders.getAnnotation(McpProduct.class), orders))
                    .isEqualTo("Orders of customers.");
        }
    }

    @Test
    void describes_the_properties_of_bodies() throws Exception {
        compile();

        try (URLClassLoader loader = loader()) {
            JsonNode schema = JsonMapper.builder()
                    .build()
                    .readTree(new BodySchemas(JsonMapper.builder().build())
                            .request(loader.loadClass("shop.Order"), Validation.NONE)
                            .json());

            assertThat(schema.path("description").asString("")).isEqualTo("One order.");
            assertThat(schema.at("/properties/id/description").asString("")).isEqualTo("given by the shop");
            assertThat(schema.at("/properties/lines/description").asString("")).isEqualTo("what was ordered");
            assertThat(schema.at("/properties/lines/items/properties/count/description")
                            .asString(""))
                    .isEqualTo("How many.");
            assertThat(schema.at("/properties/lines/items/properties/sku/description")
                            .asString(""))
                    .isEqualTo("Returns what is sold.");
        }
    }

    @Test
    void keeps_nothing_of_what_is_no_operation_and_the_same_in_every_build() throws Exception {
        compile();
        List<String> first = kept();
        compile();

        assertThat(kept()).isEqualTo(first);
        assertThat(first).hasSize(4).noneMatch(text -> text.contains("No operation"));
    }

    private void compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaCompiler.CompilationTask task = compiler.getTask(
                messages,
                null,
                null,
                List.of(
                        "-Xlint:all",
                        "-Werror",
                        "-d",
                        output.toString(),
                        "-cp",
                        Path.of(codeOf(McpOperation.class)).toString()),
                null,
                List.of(source("shop/Orders", ORDERS), source("shop/Reading", READING), source("shop/Order", ORDER)));
        task.setProcessors(List.of(new ApidocProcessor()));

        assertThat(task.call()).as(messages.toString()).isTrue();
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.walk(output.resolve("META-INF/mcp-guard/apidoc"))) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(ApidocProcessorTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return file.getFileName() + "\n" + Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {output.toUri().toURL()}, getClass().getClassLoader());
    }

    private static McpOperation own(Method method) {
        return method.getAnnotation(McpOperation.class);
    }

    private static Method method(Class<?> type, String name) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .findFirst()
                .orElseThrow();
    }

    private static URI codeOf(Class<?> type) {
        return URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString());
    }

    private static SimpleJavaFileObject source(String name, String code) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name + ".java"), javax.tools.JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
