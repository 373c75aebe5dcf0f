package io.mcpguard.spring.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/** A mapper of Jackson 3 that writes as one of Jackson 2 does. */
class Jackson2SettingsTest {

    private final ObjectMapper own = new ObjectMapper();

    private record Line(String itemName, int inStock) {}

    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    private record Named(String itemName) {}

    private enum Size {
        SMALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final class Hidden {
        @SuppressWarnings("unused")
        private final String secretWord = "x";
    }

    private interface LineMixIn {
        @JsonProperty("item")
        String itemName();
    }

    /** What both write, which is first seen to be the same. */
    private String written(Object value) throws Exception {
        String text = Jackson2Settings.like(own).writeValueAsString(value);
        assertThat(text).isEqualTo(own.writeValueAsString(value));
        return text;
    }

    @Test
    void as_it_comes() throws Exception {
        assertThat(written(new Line("pen", 3))).isEqualTo("{\"itemName\":\"pen\",\"inStock\":3}");
    }

    @Test
    void names_as_the_mapper_does() throws Exception {
        own.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

        assertThat(written(new Line("pen", 3))).isEqualTo("{\"item_name\":\"pen\",\"in_stock\":3}");
    }

    @Test
    void names_as_the_class_says() throws Exception {
        own.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

        assertThat(written(new Named("pen"))).isEqualTo("{\"item-name\":\"pen\"}");
    }

    @Test
    void leaves_constants_as_they_are_declared_unless_told() throws Exception {
        assertThat(written(Size.SMALL)).isEqualTo("\"SMALL\"");

        own.enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING);
        assertThat(written(Size.SMALL)).isEqualTo("\"small\"");
    }

    @Test
    void sees_what_the_mapper_sees() throws Exception {
        own.setVisibility(PropertyAccessor.FIELD, Visibility.ANY);

        assertThat(written(new Hidden())).isEqualTo("{\"secretWord\":\"x\"}");
    }

    @Test
    void mixes_in_what_the_mapper_does() throws Exception {
        own.addMixIn(Line.class, LineMixIn.class);

        assertThat(written(new Line("pen", 3))).contains("\"item\":\"pen\"");
    }

    @Test
    void the_service_s_mapper_of_jackson_3_comes_first() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("jackson2", own);
        JsonMapper newer = JsonMapper.builder().build();
        beans.addBean("jackson3", newer);

        assertThat(ServiceMapper.of(beans)).isSameAs(newer);
    }

    @Test
    void the_service_s_mapper_of_jackson_2_is_followed() {
        own.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("jackson2", own);

        assertThat(ServiceMapper.of(beans).writeValueAsString(new Line("pen", 3)))
                .contains("item_name");
    }
}
