package io.mcpguard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    /** As published in the Javadoc of {@link ApiKey}. */
    private static final String PUBLISHED = "mcpg_(live|test)_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}";

    private final SecureRandom random = new SecureRandom();

    @Test
    void has_the_published_form_and_is_read_back() {
        for (ApiKey.Kind kind : ApiKey.Kind.values()) {
            ApiKey key = ApiKey.generate(kind, random);

            ApiKey read = ApiKey.parse(key.reveal()).orElseThrow();

            assertThat(key.reveal()).matches(PUBLISHED).startsWith("mcpg_" + kind + "_" + key.id() + "_");
            assertThat(read.id()).isEqualTo(key.id()).hasSize(8);
            assertThat(read.kind()).isEqualTo(kind);
        }
    }

    @Test
    void every_change_of_one_character_is_noticed_by_the_checksum() {
        String genuine = ApiKey.generate(ApiKey.Kind.LIVE, random).reveal();

        for (int i = "mcpg_live_".length(); i < genuine.length(); i++) {
            char other = genuine.charAt(i) == 'x' ? 'y' : 'x';
            if (genuine.charAt(i) == '_') {
                continue;
            }
            String altered = genuine.substring(0, i) + other + genuine.substring(i + 1);
            assertThat(ApiKey.parse(altered)).as("position %s", i).isEmpty();
        }
    }

    @Test
    void other_forms_are_no_keys() {
        String genuine = ApiKey.generate(ApiKey.Kind.LIVE, random).reveal();

        assertThat(ApiKey.parse("")).isEmpty();
        assertThat(ApiKey.parse(genuine + " ")).isEmpty();
        assertThat(ApiKey.parse(genuine + "\n")).isEmpty();
        assertThat(ApiKey.parse(genuine.replace("live", "prod"))).isEmpty();
        assertThat(ApiKey.parse(genuine.replace("live", "test"))).isEmpty();
        assertThat(ApiKey.parse(genuine.substring(1))).isEmpty();
    }

    @Test
    void the_checksum_is_the_crc_32_of_what_stands_before_it() {
        // By another implementation: CRC-32 of the 51 characters before it is 2179449731.
        assertThat(ApiKey.parse("mcpg_live_AAAAAAAA_" + "B".repeat(32) + "2NUkR1"))
                .isPresent();
    }

    @Test
    void has_no_other_form_even_where_the_checksum_is_right() {
        String body = "mcpg_live_AAAAAAAA_" + "B".repeat(32);

        for (int i = 0; i < body.length(); i++) {
            for (char other : "_-/:@[`{0zZ\u00e9".toCharArray()) {
                String altered = body.substring(0, i) + other + body.substring(i + 1);
                String checked = altered + checksum(altered);
                assertThat(ApiKey.parse(checked).isPresent()).as(checked).isEqualTo(checked.matches(PUBLISHED));
            }
        }
        assertThat(ApiKey.parse(body + "B" + checksum(body + "B"))).isEmpty();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Base62.sixDigits(crc.getValue());
    }

    @Test
    void no_two_are_alike_and_every_character_occurs() {
        Set<String> ids = new HashSet<>();
        Set<Integer> characters = new HashSet<>();

        for (int i = 0; i < 500; i++) {
            ApiKey key = ApiKey.generate(ApiKey.Kind.LIVE, random);
            ids.add(key.id());
            key.reveal().substring(19, 51).chars().forEach(characters::add);
        }

        assertThat(ids).hasSize(500);
        assertThat(characters).hasSize(62);
    }

    @Test
    void its_text_form_hides_the_secret() {
        ApiKey key = ApiKey.generate(ApiKey.Kind.LIVE, random);

        assertThat(key.toString()).isEqualTo("ApiKey[mcpg_live_" + key.id() + "_hidden]");
    }
}
