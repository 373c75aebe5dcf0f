package io.mcpguard.core.credential;

import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.testkit.contract.KeySourceContract;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class MemoryKeySourceTest extends KeySourceContract {

    @Override
    protected KeySource sourceHolding(Map<Purpose, List<NamedKey>> keys) {
        MemoryKeySource source = new MemoryKeySource();
        keys.forEach((purpose, named) -> named.forEach(key -> source.put(purpose, key)));
        return source;
    }

    @Override
    protected Optional<KeySource> unreachableSource() {
        return Optional.empty();
    }

    @Override
    protected Optional<KeySource> signingSource() {
        MemoryKeySource source = new MemoryKeySource();
        source.signWith(Ed25519Key.generate("c1", new SecureRandom()));
        return Optional.of(source);
    }
}
