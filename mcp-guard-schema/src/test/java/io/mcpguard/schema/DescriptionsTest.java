package io.mcpguard.schema;

import static io.mcpguard.schema.Made.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Without marks for null, as most services are. */
@NullUnmarked
class DescriptionsTest {

    @Schema(description = "A customer")
    record Customer(
            @Schema(description = "Given by the service", accessMode = Schema.AccessMode.READ_ONLY)
            String id,

            @Schema(
                    title = "Name",
                    description = "Family name",
                    example = "Smith",
                    format = "name",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(
                    allowableValues = {"gold", "silver"},
                    deprecated = true)
            String level,

            @Schema(example = "3", defaultValue = "7", deprecated = true)
            int visits,

            @NotNull @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            String note,

            @Schema(hidden = true) String secret,
            @JsonPropertyDescription("Who sent them") String referrer) {}

    interface Shop<T> {
        @io.swagger.v3.oas.annotations.Operation(summary = "Buy", deprecated = true)
        void buy(T what, @Parameter(description = "How many", example = "2") int count);
    }

    static class BookShop implements Shop<String> {
        @Override
        public void buy(String what, int count) {}
    }

    @Test
    void reads_swagger_s_and_jackson_s_words_on_properties() {
        assertThat(Made.request(Customer.class))
                .isEqualTo(json("{'type':'object','description':'A customer','properties':{"
                        + "'name':{'type':['string','null'],'title':'Name','description':'Family name','format':'name',"
                        + "'examples':['Smith']},"
                        + "'level':{'type':['string','null'],'enum':['gold','silver'],'deprecated':true},"
                        + "'visits':{'type':'integer','format':'int32','examples':[3],'default':7,'deprecated':true},"
                        + "'note':{'type':'string'},"
                        + "'referrer':{'type':['string','null'],'description':'Who sent them'}},"
                        + "'required':['name','visits']}"));
    }

    @Test
    void shows_what_is_read_only_in_responses_alone() {
        assertThat(Made.response(Customer.class).at("/properties/id"))
                .isEqualTo(json("{'type':['string','null'],'description':'Given by the service'}"));
        assertThat(Made.request(Customer.class).at("/properties").has("id")).isFalse();
    }

    @Test
    void finds_annotations_of_a_generic_method_that_is_implemented() throws NoSuchMethodException {
        Method buy = BookShop.class.getMethod("buy", String.class, int.class);

        assertThat(Descriptions.deprecated(Annotations.inherited(buy))).isTrue();
        assertThat(Descriptions.deprecated(buy)).isFalse();
    }

    @Test
    void documents_a_single_value() throws NoSuchMethodException {
        var count = Shop.class.getMethod("buy", Object.class, int.class).getParameters()[1];

        assertThat(Made.tree(ValueSchema.of(int.class).documented(count).schema()))
                .isEqualTo(json("{'type':'integer','format':'int32','examples':[2]}"));
        assertThat(Descriptions.description(count)).isEqualTo("How many");
    }

    @Test
    void takes_the_default_of_a_value_as_the_type_has_it() {
        assertThat(Made.tree(ValueSchema.of(int.class).absent("20").schema()))
                .isEqualTo(json("{'type':'integer','format':'int32','default':20}"));
        assertThat(Made.tree(ValueSchema.listOf(String.class).absent("a,b").schema()))
                .isEqualTo(json("{'type':'array','items':{'type':'string'},'default':['a','b']}"));
        assertThat(Made.tree(ValueSchema.listOf(List.class).schema()))
                .isEqualTo(json("{'type':'array','items':{'type':'string'}}"));
    }
}
