package io.mcpguard.jaxrs.mount;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.home.GuardHome;
import io.mcpguard.jaxrs.JaxrsMount;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.jaxrs.testbed.Shop;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/** A service without servlets as its owner writes it. The documentation shows these lines. */
final class GuardedService implements AutoCloseable {

    private final GuardHome home;
    private final McpGuard guard;
    private final JaxrsMount mount;
    private final AutoCloseable server;

    GuardedService(Path folder, int port) {
        Shop api = new Shop();
        api.with(new Login());

        JaxrsOperationSource operations = JaxrsOperationSource.of(api).build();
        api.with(operations.check());
        home = GuardHome.open(GuardHome.Settings.under(folder, Set.of()), InstantSource.system());
        guard = home.guard("shop")
                .operations(operations)
                .hostAuthenticates(true)
                .build();
        mount = JaxrsMount.builder(guard, () -> URI.create("http://127.0.0.1:" + port))
                .build();
        mount.components().forEach(api::with);

        server = Servers.MAIN.start(api, port);
        mount.check();
    }

    @Override
    public void close() {
        guard.endStreams();
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        mount.close();
        guard.close();
        home.close();
    }
}
