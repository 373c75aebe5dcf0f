package io.mcpguard.spring.mvc;

import static io.mcpguard.spring.mvc.Discovery.bodyOf;
import static io.mcpguard.spring.mvc.Discovery.json;
import static io.mcpguard.spring.mvc.Discovery.operation;
import static io.mcpguard.spring.mvc.Discovery.responseOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.spring.orders.Orders.OrderController;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class BodySchemasTest {

    @Test
    void describes_what_a_validated_request_may_hold() {
        JsonNode schema = bodyOf(operation("create-order", OrderController.class));

        assertThat(schema.path("required")).isEqualTo(json("['customer','lines']"));
        assertThat(schema.path("properties").propertyNames())
                .containsExactly(
                        "customer",
                        "lines",
                        "discount",
                        "contact",
                        "currency",
                        "odd",
                        "due",
                        "printed",
                        "status",
                        "level",
                        "comment",
                        "labels",
                        "referrer");
        assertThat(schema.at("/properties/customer"))
                .isEqualTo(json("{'type':'string','minLength':1,'maxLength':40,'pattern':'\\\\S'}"));
        assertThat(schema.at("/properties/lines"))
                .isEqualTo(json("{'minItems':1,'type':'array','items':{'type':'object','properties':{"
                        + "'sku':{'type':'string'},"
                        + "'quantity':{'type':'integer','format':'int32','minimum':1,'maximum':99},"
                        + "'note':{'type':['string','null']}},'required':['sku','quantity']}}"));
        assertThat(schema.at("/properties/discount"))
                .isEqualTo(json("{'type':['number','null'],'exclusiveMinimum':0}"));
        assertThat(schema.at("/properties/contact")).isEqualTo(json("{'type':['string','null'],'format':'email'}"));
        assertThat(schema.at("/properties/due")).isEqualTo(json("{'type':['string','null'],'format':'date'}"));
        assertThat(schema.at("/properties/printed"))
                .isEqualTo(json("{'type':['string','null'],'description':'Of the form dd.MM.yyyy'}"));
        assertThat(schema.at("/properties/labels"))
                .isEqualTo(json(
                        "{'type':['object','null']," + "'additionalProperties':{'type':'integer','format':'int32'}}"));
        assertThat(schema.at("/properties/referrer/description")).isEqualTo(json("'Who referred the customer'"));
    }

    @Test
    void states_a_pattern_only_where_it_means_the_same_outside_java() {
        JsonNode properties =
                bodyOf(operation("create-order", OrderController.class)).path("properties");

        assertThat(properties.at("/currency/pattern")).isEqualTo(json("'^(?:[A-Z]{3})$'"));
        assertThat(properties.path("odd").has("pattern")).isFalse();
    }

    @Test
    void spells_enums_as_the_service_s_jackson_does() {
        JsonNode properties =
                bodyOf(operation("create-order", OrderController.class)).path("properties");

        assertThat(properties.path("status"))
                .isEqualTo(json("{'anyOf':[{'type':'null'},{'type':'string','enum':['OPEN','in-transit']}]}"));
        assertThat(properties.path("level")).isEqualTo(json("{'anyOf':[{'type':'null'},{'enum':[1,2]}]}"));
    }

    @Test
    void demands_nothing_that_the_service_does_not_validate() {
        assertThat(bodyOf(operation("replaceUnchecked", OrderController.class)))
                .isEqualTo(json("{'type':'object','properties':{"
                        + "'sku':{'type':['string','null']},"
                        + "'quantity':{'type':'integer','format':'int32'},"
                        + "'note':{'type':['string','null']}},'required':['quantity']}"));
    }

    @Test
    void leaves_out_of_a_request_what_only_the_service_sets() {
        assertThat(bodyOf(operation("bean", OrderController.class)))
                .isEqualTo(json("{'type':'object','properties':{"
                        + "'customer':{'type':['string','null']},'token':{'type':['string','null']}}}"));
    }

    @Test
    void describes_a_response_with_computed_and_recursive_properties_and_subtypes() {
        JsonNode schema = responseOf(operation("bean", OrderController.class));
        JsonNode order = schema.at("/$defs/this-schema");

        assertThat(schema.path("$ref")).isEqualTo(json("'#/$defs/this-schema'"));
        assertThat(order.path("properties").propertyNames())
                .containsExactly("id", "customer", "created", "localTime", "replaces", "payments", "picture", "total");
        assertThat(order.at("/properties/replaces/anyOf/1/$ref")).isEqualTo(json("'#/$defs/this-schema'"));
        assertThat(order.at("/properties/payments/items/anyOf/0"))
                .isEqualTo(json(
                        "{'type':'object','properties':{'last4':{'type':['string','null']},'kind':{'const':'card'}},"
                                + "'required':['kind']}"));
        assertThat(order.at("/properties/created")).isEqualTo(json("{'type':['string','null'],'format':'date-time'}"));
        assertThat(order.at("/properties/localTime")).isEqualTo(json("{'type':['string','null']}"));
        assertThat(order.at("/properties/picture"))
                .isEqualTo(json("{'type':['string','null'],'contentEncoding':'base64'}"));
        assertThat(order.at("/properties/total")).isEqualTo(json("{'type':['number','null']}"));
    }

    @Test
    void follows_the_naming_and_strictness_of_the_service_s_jackson() {
        JsonMapper snake = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();

        JsonNode response = responseOf(operation("bean", Discovery.with("", snake, OrderController.class)));
        JsonNode request = bodyOf(operation("bean", Discovery.with("", snake, OrderController.class)));

        assertThat(response.at("/$defs/this-schema/properties").propertyNames()).contains("local_time");
        assertThat(request.path("additionalProperties")).isEqualTo(json("false"));
    }
}
