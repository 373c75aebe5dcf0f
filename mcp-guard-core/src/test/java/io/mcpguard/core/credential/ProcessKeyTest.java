package io.mcpguard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.credential.KeySource.NamedKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ProcessKeyTest {

    @Test
    void two_draws_share_neither_name_nor_secret() {
        NamedKey one = ProcessKey.draw(new SecureRandom());
        NamedKey other = ProcessKey.draw(new SecureRandom());

        assertThat(one.id()).matches("process-[0-9a-f]{8}").isNotEqualTo(other.id());
        assertThat(one.key().getEncoded()).hasSize(32).isNotEqualTo(other.key().getEncoded());
    }
}
