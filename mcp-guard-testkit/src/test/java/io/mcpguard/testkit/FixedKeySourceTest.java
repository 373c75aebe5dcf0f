package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.testkit.contract.KeySourceContract;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FixedKeySourceTest extends KeySourceContract {

    @Override
    protected KeySource sourceHolding(Map<Purpose, List<NamedKey>> keys) {
        return new FixedKeySource(keys);
    }

    @Override
    protected Optional<KeySource> unreachableSource() {
        FixedKeySource source = FixedKeySource.random();
        source.failing(true);
        return Optional.of(source);
    }

    @Test
    void random_keys_are_shared_by_no_purpose_and_no_instance() {
        Set<Object> keys = new HashSet<>();

        for (KeySource source : List.of(FixedKeySource.random(), FixedKeySource.random())) {
            for (Purpose purpose : Purpose.values()) {
                keys.add(source.current(purpose).orElseThrow().key());
            }
        }

        assertThat(keys).hasSize(2 * Purpose.values().length);
    }
}
