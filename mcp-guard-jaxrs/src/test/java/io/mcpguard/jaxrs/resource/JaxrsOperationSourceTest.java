package io.mcpguard.jaxrs.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.Response;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.jaxrs.testbed.Items;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("once")
class JaxrsOperationSourceTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void joins_paths_whatever_their_slashes_and_encodes_what_is_literal() {
        assertThat(operations(Items.class))
                .extracting(operation -> operation.method() + " " + operation.path())
                .containsExactly(
                        "GET /items",
                        "POST /items",
                        "GET /items/big",
                        "GET /items/later",
                        "GET /items/search",
                        "GET /items/soon",
                        "GET /items/unwritable",
                        "GET /items/who",
                        "DELETE /items/{id}",
                        "GET /items/{id}",
                        "GET /items/{id}/notes/{note}",
                        "PUT /items/{id}/price");
        assertThat(TemplatePath.root()
                        .below("/a//b c/")
                        .below("{x: [a-c]{2,3}}/ü")
                        .template())
                .isEqualTo("/a/b%20c/{x}/%C3%BC");
    }

    @Test
    void puts_the_path_of_the_server_and_of_the_application_in_front() {
        JaxrsOperationSource source =
                JaxrsOperationSource.of(new Rooted()).basePath("/shop/").build();
        source.check();

        assertThat(source.published().get(0).product().basePath()).isEqualTo("/shop/rest/v1/items");
    }

    @Test
    void reads_parameters_of_every_kind() {
        Operation list = operation("list-items", Items.class);

        assertThat(list.parameters())
                .extracting(Parameter::name, Parameter::location, Parameter::required)
                .containsExactly(
                        tuple("color", Location.QUERY, false),
                        tuple("tag", Location.QUERY, false),
                        tuple("size", Location.QUERY, false),
                        tuple("shelf", Location.QUERY, false),
                        tuple("X-Trace", Location.HEADER, false));
        assertThat(schema(list, "color")).isEqualTo(json("{'type':'string','enum':['RED','BLUE']}"));
        assertThat(schema(list, "tag")).isEqualTo(json("{'type':'array','items':{'type':'string','maxLength':8}}"));
        assertThat(schema(list, "size"))
                .isEqualTo(json("{'type':'integer','format':'int32','minimum':1,'maximum':100,'default':20}"));
        assertThat(schema(list, "shelf")).isEqualTo(json("{'type':'string'}"));
        assertThat(operation("search", Items.class).parameters())
                .extracting(Parameter::name)
                .containsExactly("text", "limit");
    }

    @Test
    void keeps_the_expression_of_a_template_where_the_value_is_text() {
        assertThat(schema(operation("get", Items.class), "id"))
                .isEqualTo(json("{'type':'integer','format':'int64','maximum':1000}"));
        assertThat(schema(operation("coded", Shelves.class), "code"))
                .isEqualTo(json("{'type':'string','pattern':'^(?:[a-z]{2}[0-9]+)$'}"));
    }

    @Test
    void makes_a_form_of_form_parameters() {
        Operation reprice = operation("reprice", Items.class);

        assertThat(reprice.body()).hasValueSatisfying(body -> {
            assertThat(body.contentType()).isEqualTo("application/x-www-form-urlencoded");
            assertThat(body.required()).isTrue();
            assertThat(JSON.readTree(body.schema().json()))
                    .isEqualTo(json("{'type':'object','properties':{'price':{'type':'integer','format':'int32',"
                            + "'exclusiveMinimum':0},'reason':{'type':'string','default':'none'}},"
                            + "'required':['price'],'additionalProperties':false}"));
        });
    }

    @Test
    void documents_what_a_method_answers() {
        assertThat(answer("get")).isEqualTo("200 application/json with schema");
        assertThat(answer("create")).isEqualTo("201 application/json with schema");
        assertThat(answer("delete")).isEqualTo("204");
        assertThat(answer("search")).isEqualTo("200 text/plain with schema");
        assertThat(answer("later")).isEqualTo("200 application/json");
        assertThat(answer("soon")).isEqualTo("200 application/json with schema");
        assertThat(answer("big")).isEqualTo("200 application/octet-stream");
    }

    @Test
    void takes_annotations_from_an_interface_and_what_a_class_injects() {
        Operation shelf = operation("find-shelf", Shelves.class);

        assertThat(shelf.path()).isEqualTo("/shelves/{row}");
        assertThat(shelf.parameters())
                .extracting(Parameter::name, Parameter::location)
                .containsExactlyInAnyOrder(tuple("row", Location.PATH), tuple("tenant", Location.QUERY));
        assertThat(shelf.title()).isEqualTo("Find a shelf");
    }

    @Test
    void resolves_the_types_of_a_generic_superclass() {
        Operation put = operation("put", Shelves.class);

        assertThat(JSON.readTree(put.body().orElseThrow().schema().json())
                        .path("properties")
                        .propertyNames())
                .containsExactly("row");
    }

    @Test
    void every_schema_compiles() {
        JaxrsOperationSource source =
                JaxrsOperationSource.of(Items.class, Shelves.class).build();
        source.check();

        assertThat(Catalog.of(source.published()).operations()).hasSize(15);
    }

    @Test
    void says_everything_that_stands_against_an_operation() {
        assertThatThrownBy(() -> JaxrsOperationSource.of(
                                Mistakes.Arguments.class, Mistakes.Unreachable.class, Mistakes.Locators.class)
                        .build()
                        .published())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Arguments.matrix(String) takes a matrix parameter")
                .hasMessageContaining("Arguments.cookie(String) takes a cookie")
                .hasMessageContaining("Arguments.hidden(long, String) hides the path variable 'id'")
                .hasMessageContaining("Arguments.hidden(long, String) hides 'q'")
                .hasMessageContaining("Arguments.form(MultivaluedMap) takes a form as its body")
                .hasMessageContaining("Arguments.both(String, String) takes form fields and a body")
                .hasMessageContaining("Arguments.two(String, String) has two arguments")
                .hasMessageContaining("Arguments.bytes(byte[]) takes a binary body")
                .hasMessageContaining("Arguments.xml(StringBuilder) takes its body as [application/xml]")
                .hasMessageContaining("Arguments.file(StringBuilder) takes a file upload")
                .hasMessageContaining("Arguments.deep(String) has a path that cannot be an operation")
                .hasMessageContaining("Arguments.part(String) has a path that cannot be an operation")
                .hasMessageContaining("Unreachable.lost() carries @McpOperation, but its class has no @Path")
                .hasMessageContaining("Any.guessed() carries @McpOperation, but is come to by Locators.any()")
                .hasMessageContaining("Locators.itself() is a sub-resource locator");
    }

    @Test
    void asks_for_the_check_where_only_jax_rs_knows_what_a_request_means() {
        assertThatThrownBy(() -> JaxrsOperationSource.of(Items.class).build().published())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Items.get(long) and Items.")
                .hasMessageContaining("register check()");
    }

    private static List<Operation> operations(Class<?>... resources) {
        JaxrsOperationSource source = JaxrsOperationSource.of(resources).build();
        source.check();
        return source.published().stream()
                .flatMap(product -> product.operations().stream())
                .toList();
    }

    private static Operation operation(String id, Class<?>... resources) {
        return operations(resources).stream()
                .filter(operation -> operation.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String answer(String id) {
        Response response = operation(id, Items.class).responses().get(0);
        return response.status()
                + response.contentType().map(type -> " " + type).orElse("")
                + (response.schema().isPresent() ? " with schema" : "");
    }

    private static JsonNode schema(Operation operation, String parameter) {
        return JSON.readTree(operation.parameters().stream()
                .filter(candidate -> candidate.name().equals(parameter))
                .findFirst()
                .orElseThrow()
                .schema()
                .json());
    }

    private static JsonNode json(String singleQuoted) {
        return JSON.readTree(singleQuoted.replace('\'', '"'));
    }

    @ApplicationPath("rest/v1")
    static final class Rooted extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Items.class);
        }
    }

    /** A shelf. */
    public record Shelf(String row) {}

    /** What a generic superclass offers. */
    public abstract static class Stored<T> {
        @POST
        @McpOperation
        public T put(T given) {
            return given;
        }
    }

    /** Annotated here, implemented below. */
    @Path("shelves")
    @McpProduct("shelves")
    public interface ShelfApi {
        @GET
        @Path("{row}")
        @McpOperation(id = "find-shelf", title = "Find a shelf")
        Shelf find(@PathParam("row") String row);
    }

    /** A resource with a value of its own, an interface and a superclass. */
    public static class Shelves extends Stored<Shelf> implements ShelfApi {

        @QueryParam("tenant")
        private @Nullable String tenant;

        @Override
        public Shelf find(String row) {
            return new Shelf(row + tenant);
        }

        @GET
        @Path("coded/{code: [a-z]{2}[0-9]+}")
        @McpOperation
        public List<Shelf> coded(@PathParam("code") String code) {
            return List.of(new Shelf(code));
        }
    }
}
