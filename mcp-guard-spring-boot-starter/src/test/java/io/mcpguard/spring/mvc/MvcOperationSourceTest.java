package io.mcpguard.spring.mvc;

import static io.mcpguard.spring.mvc.Discovery.operation;
import static io.mcpguard.spring.mvc.Discovery.parameterOf;
import static io.mcpguard.spring.mvc.Discovery.schemaOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.Response;
import io.mcpguard.spring.orders.Orders.OrderController;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MvcOperationSourceTest {

    @Test
    void publishes_what_is_annotated_and_nothing_else() {
        List<ProductOperations> published = Discovery.of(OrderController.class);

        assertThat(published).singleElement().satisfies(orders -> {
            assertThat(orders.product().id()).isEqualTo("orders");
            assertThat(orders.product().name()).isEqualTo("Orders");
            assertThat(orders.product().description()).isEqualTo("What customers ordered.");
            assertThat(orders.product().basePath()).isEqualTo("/api/orders");
            assertThat(orders.operations())
                    .extracting(operation -> operation.method() + " " + operation.path())
                    .containsExactly(
                            "GET /api/orders",
                            "POST /api/orders",
                            "POST /api/orders/entity",
                            "GET /api/orders/export",
                            "GET /api/orders/paged",
                            "GET /api/orders/search",
                            "DELETE /api/orders/{id}",
                            "GET /api/orders/{id}/label",
                            "PUT /api/orders/{id}/unchecked",
                            "GET /api/orders/{orderId}");
        });
    }

    @Test
    void takes_names_and_hints_from_the_annotation() {
        Operation read = operation("getOrder", OrderController.class);
        Operation create = operation("create-order", OrderController.class);

        assertThat(read.title()).isEqualTo("Get an order");
        assertThat(read.description()).isEqualTo("Reads one order.");
        assertThat(read.scopes()).isEqualTo(Set.of("orders:read"));
        assertThat(read.hints().readOnly()).isTrue();
        assertThat(create.title()).isEqualTo("create-order");
        assertThat(create.hints().readOnly()).isFalse();
        assertThat(create.hints().idempotent()).isTrue();
    }

    @Test
    void puts_context_and_servlet_path_in_front() {
        Operation read = operation("getOrder", Discovery.with("/shop/rest", Discovery.JSON, OrderController.class));

        assertThat(read.path()).isEqualTo("/shop/rest/api/orders/{orderId}");
    }

    @Test
    void reads_path_and_header_parameters_and_leaves_framework_arguments_out() {
        Operation read = operation("getOrder", OrderController.class);

        assertThat(read.parameters())
                .extracting(Parameter::name, Parameter::location, Parameter::required)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("orderId", Location.PATH, true),
                        org.assertj.core.groups.Tuple.tuple("X-Trace", Location.HEADER, false));
        assertThat(schemaOf(read, "orderId"))
                .isEqualTo(Discovery.json("{'type':'integer','format':'int64','exclusiveMinimum':0}"));
    }

    @Test
    void reads_query_parameters_as_spring_will() {
        Operation list = operation("listOrders", OrderController.class);

        assertThat(list.parameters())
                .extracting(Parameter::name)
                .containsExactly("size", "status", "tag", "since", "until", "batch", "minimum", "archived");
        assertThat(list.parameters().stream().filter(Parameter::required).map(Parameter::name))
                .containsExactly("batch");
        assertThat(schemaOf(list, "size"))
                .isEqualTo(
                        Discovery.json("{'type':'integer','format':'int32','minimum':1,'maximum':100,'default':20}"));
        assertThat(schemaOf(list, "status")).isEqualTo(Discovery.json("{'type':'string','enum':['OPEN','SHIPPED']}"));
        assertThat(schemaOf(list, "tag"))
                .isEqualTo(Discovery.json("{'type':'array','items':{'type':'string','maxLength':8}}"));
        assertThat(schemaOf(list, "since")).isEqualTo(Discovery.json("{'type':'string','format':'date'}"));
        assertThat(schemaOf(list, "until"))
                .isEqualTo(Discovery.json("{'type':'string','description':'A date or time of the form dd.MM.yyyy'}"));
        assertThat(schemaOf(list, "batch")).isEqualTo(Discovery.json("{'type':'string','format':'uuid'}"));
        assertThat(schemaOf(list, "minimum")).isEqualTo(Discovery.json("{'type':'number'}"));
        assertThat(schemaOf(list, "archived")).isEqualTo(Discovery.json("{'type':'boolean','default':false}"));
    }

    @Test
    void flattens_a_bound_object_into_query_parameters() {
        Operation search = operation("search", OrderController.class);

        assertThat(search.parameters())
                .extracting(Parameter::name)
                .containsExactly("text", "status", "years", "range.from", "range.to", "limit");
        assertThat(parameterOf(search, "limit").required()).isTrue();
        assertThat(parameterOf(search, "text").required()).isFalse();
        assertThat(schemaOf(search, "text")).isEqualTo(Discovery.json("{'type':'string','minLength':2}"));
        assertThat(schemaOf(search, "years"))
                .isEqualTo(Discovery.json("{'type':'array','items':{'type':'integer','format':'int32'}}"));
    }

    @Test
    void reads_paging_and_the_conditions_of_the_mapping() {
        Operation paged = operation("paged", OrderController.class);

        assertThat(paged.parameters())
                .extracting(Parameter::name)
                .containsExactly("page", "size", "sort", "mode", "X-Mode");
        assertThat(schemaOf(paged, "size")).isEqualTo(Discovery.json("{'type':'integer','minimum':1,'default':7}"));
        assertThat(parameterOf(paged, "mode").required()).isTrue();
        assertThat(schemaOf(paged, "mode")).isEqualTo(Discovery.json("{'type':'string','const':'page'}"));
        assertThat(parameterOf(paged, "X-Mode").location()).isEqualTo(Location.HEADER);
    }

    @Test
    void documents_what_a_method_answers() {
        assertThat(answer("deleteOrder")).isEqualTo("204");
        assertThat(answer("replaceUnchecked")).isEqualTo("204");
        assertThat(answer("create-order")).isEqualTo("201 application/json with schema");
        assertThat(answer("listOrders")).isEqualTo("200 application/json with schema");
        assertThat(answer("export")).isEqualTo("200 text/csv with schema");
        assertThat(answer("label")).isEqualTo("200 application/pdf");
    }

    private static String answer(String id) {
        Response response = operation(id, OrderController.class).responses().get(0);
        return response.status()
                + response.contentType().map(type -> " " + type).orElse("")
                + (response.schema().isPresent() ? " with schema" : "");
    }
}
