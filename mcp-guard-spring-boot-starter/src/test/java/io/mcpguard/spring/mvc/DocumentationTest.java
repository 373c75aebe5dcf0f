package io.mcpguard.spring.mvc;

import static io.mcpguard.spring.mvc.Discovery.bodyOf;
import static io.mcpguard.spring.mvc.Discovery.json;
import static io.mcpguard.spring.mvc.Discovery.operation;
import static io.mcpguard.spring.mvc.Discovery.responseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.Response;
import io.mcpguard.spring.orders.Documented.CustomerController;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    private final List<ProductOperations> published = Discovery.of(CustomerController.class);

    @Test
    void reads_annotations_of_the_interface_a_controller_implements() {
        Operation read = operation("read", published);

        assertThat(read.product()).isEqualTo("customers");
        assertThat(read.path()).isEqualTo("/customers/{id}");
        assertThat(read.title()).isEqualTo("Read one");
        assertThat(read.description()).isEqualTo("Reads one of them.");
        assertThat(read.parameters())
                .extracting(Parameter::name, Parameter::description)
                .containsExactly(tuple("id", "Its number"));
        assertThat(read.responses())
                .extracting(Response::status, Response::description)
                .containsExactly(tuple(200, "Found"), tuple(404, "No such one"));
    }

    @Test
    void prefers_our_own_description() {
        assertThat(operation("create", published).description()).isEqualTo("Ours.");
    }

    @Test
    void resolves_generic_bodies_and_leaves_out_what_is_hidden_or_read_only() {
        assertThat(bodyOf(operation("create", published)))
                .isEqualTo(json("{'type':'object','properties':{"
                        + "'name':{'type':['string','null'],'description':'Family name'}}}"));
        assertThat(responseOf(operation("list", published)))
                .isEqualTo(json("{'type':'array','items':{'type':'object','properties':{"
                        + "'id':{'type':'integer','format':'int64','description':'Given by the service'},"
                        + "'name':{'type':['string','null'],'description':'Family name'}},'required':['id']}}"));
        assertThat(operation("list", published).parameters()).isEmpty();
    }
}
