package io.mcpguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.error.ConfigurationException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationsTest {

    private static final Schema BODY = new Schema("{\"type\":\"object\"}");

    @Test
    void lists_products_and_operations_in_the_order_written() {
        List<ProductOperations> published = Operations.product("orders", "Orders", "Orders of the shop.")
                .operation("getOrder", "GET", "/shop/api/orders/{orderId}")
                .path("orderId", Schema.INTEGER, "number of the order")
                .operation("cancelOrder", "POST", "/shop/api/orders/{orderId}/cancel")
                .path("orderId", Schema.INTEGER, "number of the order")
                .body(BODY)
                .destructive()
                .product("stock", "Stock", "What is on the shelf.")
                .operation("listStock", "GET", "/shop/api/stock")
                .build()
                .published();

        assertThat(published).extracting(each -> each.product().id()).containsExactly("orders", "stock");
        assertThat(published)
                .extracting(each -> each.product().basePath())
                .containsExactly("/shop/api/orders", "/shop/api/stock");
        assertThat(published.get(0).operations())
                .extracting(operation -> operation.id().value())
                .containsExactly("getOrder", "cancelOrder");
    }

    @Test
    void describes_the_operation_that_was_begun_last() {
        Operation operation = Operations.product("orders", "Orders", "")
                .operation("first", "GET", "/first")
                .operation("search", "POST", "/api/search/{area}")
                .title("Search")
                .description("Finds things.")
                .path("area", Schema.STRING, "where")
                .requiredQuery("q", Schema.matching("^[a-z\"]+$"), "what")
                .query("size", Schema.integer(1, 50), "how many")
                .header("X-Trace", Schema.STRING, "trace")
                .body(BODY)
                .answers(200, "What was found.", BODY)
                .answers(404, "No such area.")
                .readOnly()
                .scopes("search")
                .build()
                .published()
                .get(0)
                .operations()
                .get(1);

        assertThat(operation.title()).isEqualTo("Search");
        assertThat(operation.description()).isEqualTo("Finds things.");
        assertThat(operation.parameters(Location.PATH))
                .containsExactly(new Parameter("area", Location.PATH, true, Schema.STRING, "where"));
        assertThat(operation.parameters(Location.QUERY))
                .extracting(
                        Parameter::name,
                        Parameter::required,
                        parameter -> parameter.schema().json())
                .containsExactly(
                        tuple("q", true, "{\"type\":\"string\",\"pattern\":\"^[a-z\\\"]+$\"}"),
                        tuple("size", false, "{\"type\":\"integer\",\"minimum\":1,\"maximum\":50}"));
        assertThat(operation.parameters(Location.HEADER))
                .extracting(Parameter::required)
                .containsExactly(false);
        assertThat(operation.body()).contains(new RequestBody(true, "application/json", BODY));
        assertThat(operation.responses()).extracting(Response::status).containsExactly(200, 404);
        assertThat(operation.hints()).isEqualTo(new Hints(true, false, true));
        assertThat(operation.scopes()).isEqualTo(Set.of("search"));
    }

    @Test
    void takes_hints_from_the_method_where_nothing_is_said() {
        List<Operation> operations = Operations.product("a", "A", "")
                .operation("read", "GET", "/a")
                .operation("drop", "DELETE", "/a")
                .operation("cancel", "POST", "/a")
                .destructive()
                .build()
                .published()
                .get(0)
                .operations();

        assertThat(operations)
                .extracting(Operation::hints)
                .containsExactly(Hints.ofMethod("GET"), Hints.ofMethod("DELETE"), new Hints(false, true, false));
    }

    @Test
    void refuses_an_id_that_is_used_twice() {
        assertThat(mistakes(Operations.product("a", "A", "")
                        .operation("read", "GET", "/a")
                        .product("b", "B", "")
                        .operation("read", "GET", "/b")))
                .containsExactly(
                        "operation id read is used twice, by GET /a and by GET /b; give one of them another id");
    }

    @Test
    void refuses_a_product_that_is_listed_twice() {
        assertThat(mistakes(Operations.product("a", "A", "")
                        .operation("read", "GET", "/a")
                        .product("a", "A", "")
                        .operation("write", "POST", "/a")))
                .containsExactly("product a is listed twice; list all its operations in one place");
    }

    @Test
    void refuses_a_product_without_operations() {
        ListedOperation list = Operations.product("empty", "Empty", "")
                .operation("one", "GET", "/one")
                .product("other", "Other", "")
                .operation("two", "GET", "/two");
        list.product("nothing", "Nothing", "");

        assertThat(mistakes(list))
                .containsExactly("product nothing has no operations; add one with operation(...) or take it away");
    }

    @Test
    void refuses_a_variable_that_no_parameter_describes_and_a_parameter_that_is_not_in_the_path() {
        assertThat(mistakes(Operations.product("a", "A", "")
                        .operation("read", "GET", "/a/{id}")
                        .path("name", Schema.STRING, "")))
                .singleElement()
                .asString()
                .contains("operation read", "the path names {id}, for which there is no path parameter; declare it")
                .contains("path parameter name has no place in the path /a/{id}; write {name} there or take it away");
    }

    @Test
    void refuses_a_get_with_a_body_and_a_method_it_does_not_know() {
        assertThat(mistakes(Operations.product("a", "A", "")
                        .operation("read", "GET", "/a")
                        .body(BODY)
                        .operation("look", "HEAD", "/a")
                        .operation("find", "get", "/b")))
                .anySatisfy(each -> assertThat(each)
                        .startsWith("operation read is a GET with a body")
                        .contains("POST"))
                .anySatisfy(each -> assertThat(each).startsWith("operation look has the method 'HEAD'; set GET"))
                .anySatisfy(each -> assertThat(each).startsWith("operation find has the method 'get'; set GET"));
    }

    @Test
    void refuses_ids_that_cannot_be_ids_and_paths_that_cannot_be_paths() {
        assertThat(mistakes(Operations.product("a b", "A", "")
                        .operation("read it", "GET", "/a")
                        .operation("other", "GET", "a")))
                .anySatisfy(each -> assertThat(each).contains("a product id", "'a b'"))
                .anySatisfy(each -> assertThat(each).contains("an operation id", "'read it'"))
                .anySatisfy(each -> assertThat(each).contains("operation other", "must start with '/'"));
    }

    @Test
    void operations_without_a_common_path_have_the_root_in_common() {
        assertThat(Operations.product("a", "A", "")
                        .operation("one", "GET", "/one/x")
                        .operation("two", "GET", "/two/x")
                        .build()
                        .published()
                        .get(0)
                        .product()
                        .basePath())
                .isEqualTo("/");
    }

    @Test
    void schemas_of_parameters_are_json() {
        assertThat(Schema.oneOf("A", "b\"c").json()).isEqualTo("{\"type\":\"string\",\"enum\":[\"A\",\"b\\\"c\"]}");
        assertThat(Schema.matching("\\d\n").json()).isEqualTo("{\"type\":\"string\",\"pattern\":\"\\\\d\\u000a\"}");
        assertThatThrownBy(Schema::oneOf).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schema.integer(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> mistakes(ListedOperation list) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, list::build);
        assertThat(refused)
                .asInstanceOf(type(ConfigurationException.class))
                .extracting(ConfigurationException::code)
                .isEqualTo("configuration-invalid");
        return refused.problems();
    }
}
