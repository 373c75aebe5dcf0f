package io.mcpguard.jaxrs.mount;

import io.mcpguard.core.McpGuard;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.jaxrs.JaxrsMount;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.RecordingTrail;
import io.mcpguard.jaxrs.testbed.Shop;
import io.mcpguard.jaxrs.testbed.Wire;
import java.net.URI;
import java.util.function.Consumer;

/** The shop on a server without servlets, with filters of JAX-RS that authenticate, and the guard mounted on it. */
final class MountedShop implements AutoCloseable {

    final RecordingTrail trail = new RecordingTrail();
    final Shop shop = new Shop();
    final Wire wire;
    final JaxrsMount mount;
    private final McpGuard guard;
    private final AutoCloseable server;

    MountedShop(Servers kind, Consumer<JaxrsMount.Builder> settings) {
        shop.with(new Odd());
        JaxrsOperationSource source = JaxrsOperationSource.of(shop).build();
        shop.with(source.check())
                .with(new Login())
                .with(new Tea())
                .with(new Failing())
                .with(new Rewriting());
        guard = Guards.over(source, trail);
        int[] port = new int[1];
        JaxrsMount.Builder builder = JaxrsMount.builder(guard, () -> URI.create("http://127.0.0.1:" + port[0]));
        settings.accept(builder);
        mount = builder.build();
        mount.components().forEach(shop::with);
        port[0] = Servers.freePort();
        server = kind.start(shop, port[0]);
        wire = new Wire(port[0], "", "/mcp");
        try {
            mount.check();
        } catch (ConfigurationException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        mount.close();
        guard.close();
    }
}
