package io.mcpguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of LEEF 2.0 with a tab between pairs. No library on Maven Central reads it.
 *
 * @param header version, vendor, product, version of the product, event id, separator
 * @param values the attributes
 */
record LeefReader(List<String> header, Map<String, String> values) {

    static LeefReader read(String text) {
        String[] fields = text.split("\\|", 7);
        assertThat(fields).as(text).hasSize(7);
        assertThat(fields[0]).isEqualTo("LEEF:2.0");
        assertThat(fields[5]).isEqualTo("x09");
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : fields[6].split("\t", -1)) {
            int equals = pair.indexOf('=');
            assertThat(equals).as("a key in <%s>", pair).isPositive();
            String key = pair.substring(0, equals);
            assertThat(key).matches("[A-Za-z][A-Za-z0-9]*");
            assertThat(values.put(key, pair.substring(equals + 1)))
                    .as("each key once: " + key)
                    .isNull();
        }
        return new LeefReader(Arrays.asList(fields).subList(0, 6), values);
    }
}
