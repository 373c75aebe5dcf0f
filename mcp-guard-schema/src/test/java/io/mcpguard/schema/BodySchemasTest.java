package io.mcpguard.schema;

import static io.mcpguard.schema.Made.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Without marks for null, as most services are. */
@NullUnmarked
class BodySchemasTest {

    enum Color {
        RED,
        @JsonProperty("sea-green")
        GREEN
    }

    enum Weight {
        LIGHT,
        HEAVY;

        @JsonValue
        int grams() {
            return this == LIGHT ? 1 : 1000;
        }
    }

    @NullMarked
    record Values(
            UUID id,
            URI link,
            Instant at,
            LocalDate day,
            LocalDateTime local,
            OffsetTime time,
            Duration took,
            BigDecimal price,
            Color color,
            Weight weight,
            Set<Color> colors,
            Set<BigDecimal> prices,
            Map<Color, Integer> stock,
            List<@Nullable String> lines,
            Object anything,
            Locale language,
            Optional<String> note,
            long count,
            double ratio) {}

    record Bean(String plain, @Nullable String maybe, int number) {}

    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    record Named(
            String firstName,
            @JsonAlias("old") String current,
            @JsonProperty("own") String other,
            @JsonIgnore String hidden) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @NullMarked
    record Sparse(
            List<String> maybe,
            @JsonInclude(JsonInclude.Include.ALWAYS) String always) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    @JsonTypeName("square")
    record Square(double side) implements Shape {}

    sealed interface Answer {}

    record Yes(int count) implements Answer {}

    record No(String reason) implements Answer {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Cat.class, name = "cat"),
        @JsonSubTypes.Type(value = Dog.class, name = "dog")
    })
    interface Pet {}

    record Cat(int lives) implements Pet {}

    record Dog(boolean barks) implements Pet {}

    record Drawing(Shape main, List<Shape> others) {}

    @NullMarked
    static final class Arrays {
        public byte[] picture = {};
        public String @Nullable [] words;
    }

    @NullMarked
    record Tree(String name, List<Tree> children) {}

    record Page<T>(List<T> items, int total) {}

    @Test
    void describes_values_by_type_and_format() {
        assertThat(Made.request(Values.class))
                .isEqualTo(json("{'type':'object','properties':{"
                        + "'id':{'type':'string','format':'uuid'},"
                        + "'link':{'type':'string','format':'uri-reference'},"
                        + "'at':{'type':'string','format':'date-time'},"
                        + "'day':{'type':'string','format':'date'},"
                        + "'local':{'type':'string'},"
                        + "'time':{'type':'string','format':'time'},"
                        + "'took':{'type':'string','format':'duration'},"
                        + "'price':{'type':'number'},"
                        + "'color':{'type':'string','enum':['RED','sea-green']},"
                        + "'weight':{'enum':[1,1000]},"
                        + "'colors':{'type':'array','uniqueItems':true,"
                        + "'items':{'type':'string','enum':['RED','sea-green']}},"
                        + "'prices':{'type':'array','items':{'type':'number'}},"
                        + "'stock':{'type':'object','propertyNames':{'enum':['RED','sea-green']},"
                        + "'additionalProperties':{'type':'integer','format':'int32'}},"
                        + "'lines':{'type':'array','items':{'type':['string','null']}},"
                        + "'anything':{},"
                        + "'language':{'type':'string'},"
                        + "'note':{'type':['string','null']},"
                        + "'count':{'type':'integer','format':'int64'},"
                        + "'ratio':{'type':'number'}},'required':['count','ratio']}"));
    }

    @Test
    void describes_arrays_and_bytes() {
        assertThat(Made.request(Arrays.class))
                .isEqualTo(json("{'type':'object','properties':{"
                        + "'picture':{'type':'string','contentEncoding':'base64'},"
                        + "'words':{'type':['array','null'],'items':{'type':'string'}}}}"));
    }

    @Test
    void allows_null_where_nothing_forbids_it() {
        JsonNode properties = json("{'plain':{'type':['string','null']},'maybe':{'type':['string','null']},"
                + "'number':{'type':'integer','format':'int32'}}");

        assertThat(Made.request(Bean.class).path("properties")).isEqualTo(properties);
        assertThat(Made.response(Bean.class).path("properties")).isEqualTo(properties);
    }

    @Test
    void demands_of_a_response_what_is_always_written() {
        assertThat(Made.response(Tree.class).at("/$defs/this-schema/required")).isEqualTo(json("['name','children']"));
        assertThat(Made.response(Sparse.class).path("required")).isEqualTo(json("['always']"));
    }

    @Test
    void says_nothing_of_null_in_a_response_that_leaves_it_out() {
        JsonMapper sparse = JsonMapper.builder()
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();

        assertThat(Made.tree(new BodySchemas(sparse).response(Bean.class)).at("/properties/plain"))
                .isEqualTo(json("{'type':'string'}"));
    }

    @Test
    void names_properties_as_jackson_does() {
        assertThat(Made.request(Named.class).path("properties").propertyNames())
                .containsExactly("first-name", "current", "own");
    }

    @Test
    void writes_dates_as_the_service_s_jackson_is_told() {
        JsonMapper numbers = JsonMapper.builder()
                .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
        JsonNode properties =
                Made.tree(new BodySchemas(numbers).response(Values.class)).path("properties");

        assertThat(properties.path("at")).isEqualTo(json("{'type':'number'}"));
        assertThat(properties.path("day")).isEqualTo(json("{'type':'array','items':{'type':'integer'}}"));
        assertThat(properties.path("took")).isEqualTo(json("{'type':'string','format':'duration'}"));
    }

    @Test
    void tells_alternatives_apart_by_their_discriminator() {
        JsonNode shapes = json("{'anyOf':["
                + "{'type':'object','properties':{'radius':{'type':'number'},"
                + "'kind':{'const':'BodySchemasTest$Circle'}},'required':['radius','kind']},"
                + "{'type':'object','properties':{'side':{'type':'number'},'kind':{'const':'square'}},"
                + "'required':['side','kind']}]}");

        assertThat(Made.request(Shape.class)).isEqualTo(shapes);
        assertThat(Made.request(Drawing.class).at("/$defs/Shape")).isEqualTo(shapes);
        assertThat(Made.request(Drawing.class).at("/properties/main"))
                .isEqualTo(json("{'anyOf':[{'type':'null'},{'$ref':'#/$defs/Shape'}]}"));
        assertThat(Made.request(Pet.class))
                .isEqualTo(json("{'anyOf':["
                        + "{'type':'object','properties':{'cat':{'type':'object','properties':"
                        + "{'lives':{'type':'integer','format':'int32'}},'required':['lives']}},'required':['cat']},"
                        + "{'type':'object','properties':{'dog':{'type':'object','properties':"
                        + "{'barks':{'type':'boolean'}},'required':['barks']}},'required':['dog']}]}"));
    }

    @Test
    void leaves_it_to_each_alternative_which_properties_it_forbids() {
        JsonMapper strict = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        BodySchemas schemas = new BodySchemas(strict);
        JsonNode shape = Made.tree(schemas.request(Shape.class, Validation.DEFAULT));
        JsonNode pet = Made.tree(schemas.request(Pet.class, Validation.DEFAULT));

        assertThat(Made.allows(shape, json("{'kind':'square','side':1}"))).isTrue();
        assertThat(Made.allows(shape, json("{'kind':'square','side':1,'other':2}")))
                .isFalse();
        assertThat(Made.allows(pet, json("{'cat':{'lives':9}}"))).isTrue();
        assertThat(Made.allows(pet, json("{'cat':{'lives':9,'other':2}}"))).isFalse();
    }

    @Test
    void lists_what_a_sealed_type_without_discriminator_may_be_written_as() {
        assertThat(Made.response(Answer.class))
                .isEqualTo(json("{'anyOf':[{'type':'object','properties':"
                        + "{'count':{'type':'integer','format':'int32'}},'required':['count']},"
                        + "{'type':'object','properties':{'reason':{'type':['string','null']}}}]}"));
    }

    @Test
    void describes_what_jackson_really_writes() {
        List<Object> samples = List.of(
                new Drawing(new Circle(1), List.of(new Square(2), new Circle(3))),
                new Tree("a", List.of(new Tree("b", List.of()))),
                new Page<>(List.of(new Bean("x", null, 1)), 1),
                new Sparse(List.of(), "x"),
                new Bean(null, null, 0));

        for (Object sample : samples) {
            JsonNode written = Made.JSON.valueToTree(sample);
            assertThat(Made.allows(Made.response(sample.getClass()), written))
                    .as("%s", written)
                    .isTrue();
        }
    }

    @Test
    void resolves_generics_and_recursion() {
        assertThat(Made.response(new TypeReference<Page<Yes>>() {}.getType()))
                .isEqualTo(json("{'type':'object','properties':{'items':{'type':['array','null'],'items':"
                        + "{'type':'object','properties':{'count':{'type':'integer','format':'int32'}},"
                        + "'required':['count']}},'total':{'type':'integer','format':'int32'}},'required':['total']}"));
        assertThat(Made.request(Tree.class))
                .isEqualTo(json("{'$ref':'#/$defs/this-schema','$defs':{'this-schema':{'type':'object','properties':{"
                        + "'name':{'type':'string'},"
                        + "'children':{'type':'array','items':{'$ref':'#/$defs/this-schema'}}}}}}"));
    }
}
