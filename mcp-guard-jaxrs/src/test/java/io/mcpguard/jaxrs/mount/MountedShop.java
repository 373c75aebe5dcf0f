package io.mcpguard.jaxrs.mount;

import io.mcpguard.core.McpGuard;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.jaxrs.JaxrsMount;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.RecordingTrail;
import io.mcpguard.jaxrs.testbed.ServerCertificate;
import io.mcpguard.jaxrs.testbed.Shop;
import io.mcpguard.jaxrs.testbed.Wire;
import jakarta.ws.rs.SeBootstrap.Configuration.SSLClientAuthentication;
import java.net.URI;
import java.util.function.Consumer;

/** The shop on a server without servlets, with filters of JAX-RS that authenticate, and the guard mounted on it. */
final class MountedShop implements AutoCloseable {

    final RecordingTrail trail = new RecordingTrail();
    final Shop shop = new Shop();
    final Origins origins = new Origins();
    final Ticker ticker = new Ticker();
    final int port = Servers.freePort();
    final Wire wire;
    final JaxrsMount mount;
    private final McpGuard guard;
    private final AutoCloseable server;

    MountedShop(Servers kind, Consumer<JaxrsMount.Builder> settings) {
        guard = guard();
        mount = mount("http", settings);
        server = kind.start(shop, port);
        wire = new Wire(port, "", "/mcp");
        check();
    }

    MountedShop(
            Servers kind,
            ServerCertificate certificate,
            SSLClientAuthentication asked,
            String ownScheme,
            Consumer<JaxrsMount.Builder> settings) {
        guard = guard();
        mount = mount(ownScheme, settings);
        server = kind.startTls(shop, port, certificate.context(), asked);
        wire = new Wire(URI.create("https://localhost:" + port), certificate.client(), "", "/mcp");
        check();
    }

    private McpGuard guard() {
        shop.with(new Odd()).with(ticker);
        JaxrsOperationSource source = JaxrsOperationSource.of(shop).build();
        shop.with(source.check())
                .with(new Login())
                .with(origins)
                .with(new Tea())
                .with(new Failing())
                .with(new Rewriting());
        return Guards.over(source, trail);
    }

    private JaxrsMount mount(String scheme, Consumer<JaxrsMount.Builder> settings) {
        JaxrsMount.Builder builder = JaxrsMount.builder(guard, () -> URI.create(scheme + "://127.0.0.1:" + port));
        settings.accept(builder);
        JaxrsMount made = builder.build();
        made.components().forEach(shop::with);
        return made;
    }

    private void check() {
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
