package io.mcpguard.schema;

import static io.mcpguard.schema.Made.json;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.ConvertGroup;
import jakarta.validation.groups.Default;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.constraints.CompositionType;
import org.hibernate.validator.constraints.ConstraintComposition;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Without marks for null, as most services are. */
@NullUnmarked
class ConstraintsTest {

    private static final Validator VALIDATOR = jakarta.validation.Validation.byProvider(HibernateValidator.class)
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    interface OnUpdate {}

    interface Admin extends Default {}

    @Size(min = 2) @Pattern(regexp = "[A-Z]+") @Constraint(validatedBy = {})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Code {
        String message() default "";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    @ConstraintComposition(CompositionType.OR)
    @Size(max = 1) @Pattern(regexp = "[0-9]+") @Constraint(validatedBy = {})
    @Retention(RetentionPolicy.RUNTIME)
    @interface ShortOrDigits {
        String message() default "";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    record Everything(
            @NotBlank @Size(max = 4) String blank,
            @NotEmpty List<@Size(max = 2) String> items,
            Map<String, @Min(1) Integer> counts,
            Optional<@Size(max = 3) String> maybe,

            @Pattern(regexp = "[a-f]x\\d", flags = Pattern.Flag.CASE_INSENSITIVE) String anyCase,

            @Pattern(regexp = "a.b", flags = Pattern.Flag.DOTALL) String dotAll,

            @Pattern(regexp = "a.*") @Pattern(regexp = ".*z") String two,

            @Email String mail,
            @Positive @Max(10) int positive,
            @PositiveOrZero long zero,
            @NegativeOrZero int negative,

            @DecimalMin(value = "0.5", inclusive = false) @DecimalMax("9.5") BigDecimal decimal,

            @Digits(integer = 2, fraction = 2) BigDecimal digits,
            @NotNull @AssertTrue Boolean agreed,
            @AssertTrue Boolean perhaps,
            @Range(min = -5, max = 5) int range,
            @Code String code,
            @ShortOrDigits String either,
            @Size(max = 1, groups = OnUpdate.class) String later) {}

    record Address(
            @NotNull String street,
            @Size(max = 5, groups = OnUpdate.class) String city) {}

    record Trusting(Address address) {}

    record Checking(@Valid Address address) {}

    record Both(@Valid Address checked, Address unchecked) {}

    record Several(List<@Valid Address> each, @Valid Map<String, Address> named) {}

    record Converting(
            @Valid @ConvertGroup(from = Default.class, to = OnUpdate.class)
            Address address) {}

    record Wrapped<T>(@Valid T data) {}

    @Test
    void states_every_constraint_that_json_schema_has_words_for() {
        JsonNode properties = Made.request(Everything.class).path("properties");

        assertThat(properties.path("blank"))
                .isEqualTo(json("{'type':'string','minLength':1,'maxLength':4,'pattern':'\\\\S'}"));
        assertThat(properties.path("items"))
                .isEqualTo(json("{'type':'array','minItems':1,'items':{'type':'string','maxLength':2}}"));
        assertThat(properties.path("counts"))
                .isEqualTo(json("{'type':['object','null'],'additionalProperties':"
                        + "{'type':'integer','format':'int32','minimum':1}}"));
        assertThat(properties.path("maybe")).isEqualTo(json("{'type':['string','null'],'maxLength':3}"));
        assertThat(properties.at("/anyCase/pattern")).isEqualTo(json("'^(?:[a-fA-F][xX]\\\\d)$'"));
        assertThat(properties.path("dotAll")).isEqualTo(json("{'type':['string','null']}"));
        assertThat(properties.path("two"))
                .isEqualTo(json("{'type':['string','null'],'pattern':'^(?:a.*)$','allOf':[{'pattern':'^(?:.*z)$'}]}"));
        assertThat(properties.path("mail")).isEqualTo(json("{'type':['string','null'],'format':'email'}"));
        assertThat(properties.path("positive"))
                .isEqualTo(json("{'type':'integer','format':'int32','exclusiveMinimum':0,'maximum':10}"));
        assertThat(properties.path("zero")).isEqualTo(json("{'type':'integer','format':'int64','minimum':0}"));
        assertThat(properties.path("negative")).isEqualTo(json("{'type':'integer','format':'int32','maximum':0}"));
        assertThat(properties.path("decimal"))
                .isEqualTo(json("{'type':['number','null'],'exclusiveMinimum':0.5,'maximum':9.5}"));
        assertThat(properties.path("digits"))
                .isEqualTo(json("{'type':['number','null'],'exclusiveMinimum':-100,'exclusiveMaximum':100}"));
        assertThat(properties.path("agreed")).isEqualTo(json("{'type':'boolean','const':true}"));
        assertThat(properties.path("perhaps")).isEqualTo(json("{'type':['boolean','null']}"));
        assertThat(Made.request(Everything.class).path("required"))
                .isEqualTo(json("['blank','items','positive','zero','negative','agreed','range']"));
    }

    @Test
    void takes_composed_constraints_apart_with_what_they_override() {
        JsonNode properties = Made.request(Everything.class).path("properties");

        assertThat(properties.path("range"))
                .isEqualTo(json("{'type':'integer','format':'int32','minimum':-5,'maximum':5}"));
        assertThat(properties.path("code"))
                .isEqualTo(json("{'type':['string','null'],'minLength':2,'pattern':'^(?:[A-Z]+)$'}"));
        assertThat(properties.path("either")).isEqualTo(json("{'type':['string','null']}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "blank|'    '|false",
                "blank|'abcd'|true",
                "items|[]|false",
                "items|['abc']|false",
                "counts|{'a':0}|false",
                "maybe|'abcd'|false",
                "anyCase|'FX1'|true",
                "anyCase|'gx1'|false",
                "two|'abz'|true",
                "two|'abc'|false",
                "positive|0|false",
                "positive|11|false",
                "decimal|0.5|false",
                "decimal|9.5|true",
                "digits|100|false",
                "agreed|false|false",
                "perhaps|null|true",
                "range|-5|true",
                "range|6|false",
                "code|'A'|false",
                "either|'12345'|true",
                "either|'x'|true",
                "later|'long enough'|true"
            })
    void agrees_with_the_validator(String property, String value, boolean accepted) {
        JsonNode body = json("{'blank':'x','items':['a'],'positive':1,'zero':0,'negative':0,'agreed':true,'range':0}");
        ((ObjectNode) body).set(property, json(value));

        Everything read = Made.JSON.treeToValue(body, Everything.class);

        assertThat(VALIDATOR.validate(read).isEmpty()).isEqualTo(accepted);
        assertThat(Made.allows(Made.request(Everything.class), body)).isEqualTo(accepted);
    }

    @Test
    void states_a_group_s_constraints_only_where_that_group_is_validated() {
        assertThat(Made.request(Address.class))
                .isEqualTo(json("{'type':'object','properties':{'street':{'type':'string'},"
                        + "'city':{'type':['string','null']}},'required':['street']}"));
        assertThat(Made.request(Address.class, Validation.ofGroups(OnUpdate.class)))
                .isEqualTo(json("{'type':'object','properties':{'street':{'type':['string','null']},"
                        + "'city':{'type':['string','null'],'maxLength':5}}}"));
        assertThat(Made.request(Address.class, Validation.ofGroups(Admin.class)))
                .isEqualTo(Made.request(Address.class));
        assertThat(Made.request(Address.class, Validation.NONE).has("required")).isFalse();
    }

    @Test
    void follows_validation_only_into_what_is_marked_as_valid() {
        JsonNode unchecked = json("{'type':['object','null'],'properties':{'street':{'type':['string','null']},"
                + "'city':{'type':['string','null']}}}");

        assertThat(Made.request(Trusting.class).at("/properties/address")).isEqualTo(unchecked);
        assertThat(Made.request(Checking.class).at("/properties/address/required"))
                .isEqualTo(json("['street']"));
        assertThat(Made.request(Converting.class).at("/properties/address"))
                .isEqualTo(json("{'type':['object','null'],'properties':{'street':{'type':['string','null']},"
                        + "'city':{'type':['string','null'],'maxLength':5}}}"));
    }

    @Test
    void promises_of_a_class_what_is_checked_wherever_it_appears() {
        assertThat(Made.request(Both.class).findValues("required")).isEmpty();
        assertThat(Made.request(Several.class).findValues("required"))
                .isNotEmpty()
                .allMatch(json("['street']")::equals);
    }

    @Test
    void follows_validation_into_a_type_argument() {
        var type = new TypeReference<Wrapped<Address>>() {}.getType();

        assertThat(Made.request(type).at("/properties/data/required")).isEqualTo(json("['street']"));
    }

    @Test
    void promises_nothing_of_a_response() {
        assertThat(Made.response(Everything.class).at("/properties/blank"))
                .isEqualTo(json("{'type':['string','null']}"));
        assertThat(Made.response(Everything.class).at("/properties/positive"))
                .isEqualTo(json("{'type':'integer','format':'int32'}"));
    }
}
