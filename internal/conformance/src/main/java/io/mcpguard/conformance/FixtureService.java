package io.mcpguard.conformance;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.guard.GuardSettings;
import io.mcpguard.core.profile.MemoryProfileStore;
import io.mcpguard.credential.Principal;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import io.mcpguard.servlet.GuardMount;
import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * The fixture on an embedded Tomcat, on loopback only.
 *
 * <p>The conformance suite cannot send a credential. What stands in for the service's own security therefore lets everybody
 * on this machine in as one principal, whom one profile is bound to; from there on the guard is the real one.
 */
final class FixtureService implements AutoCloseable {

    private static final String PRINCIPAL = "conformance-suite";
    private static final String LOOPBACK = "127.0.0.1";

    private final Tomcat tomcat = new Tomcat();
    private final Journal journal;
    private final McpGuard guard;
    private final GuardMount mount;

    /**
     * Starts it.
     *
     * @param port 0 for any free one
     * @param folder for the journal and the server's own files
     */
    FixtureService(int port, Path folder) throws LifecycleException {
        InstantSource clock = InstantSource.system();
        journal = Journal.builder(folder.resolve("audit"), clock, new Uuid7(clock, new SecureRandom()))
                .open();
        Fixture fixture = new Fixture();
        guard = McpGuard.builder("conformance", profiles(), journal)
                .features(fixture)
                .hostAuthenticates(true)
                .settings(settings())
                .build();
        fixture.onChange(guard.features()::refresh);
        mount = GuardMount.builder(guard)
                .host(request -> () -> principal(request))
                .build();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname(LOOPBACK);
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", LOOPBACK);
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer((classes, application) -> mount.register(application, "/mcp"), null);
        tomcat.start();
    }

    /** Where the suite finds it. */
    String url() {
        return "http://localhost:" + tomcat.getConnector().getLocalPort() + "/mcp";
    }

    private static MemoryProfileStore profiles() {
        Client client = new Client(new ClientId(PRINCIPAL), "Conformance suite", State.ENABLED);
        MemoryProfileStore profiles = new MemoryProfileStore();
        profiles.put(Profile.builder(new ProfileId(PRINCIPAL), client)
                .binding(new Binding(Set.of(PRINCIPAL), Set.of()))
                .grants(List.of(new Grant(Fixture.PRODUCT, Set.of("*"), Set.of("TOOL", "PROMPT", "RESOURCE"))))
                .build());
        return profiles;
    }

    /** Refuses what it always refuses, but waits longer than usual before it tires of a caller that is wrong on purpose. */
    private static GuardSettings settings() {
        GuardSettings standard = GuardSettings.standard();
        return new GuardSettings(
                new Limit.Rate("discovery", 10_000, Duration.ofMinutes(1)),
                new Limit.Rate("refused-requests", 10_000, Duration.ofMinutes(1)),
                standard.streams());
    }

    private static Optional<Principal> principal(ServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                    ? Optional.of(new Principal(PRINCIPAL, Set.of(), Principal.Source.HOST, ""))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.getConnector().pause();
        mount.close();
        guard.close();
        tomcat.stop();
        tomcat.destroy();
        journal.close();
    }

    /**
     * Serves until the process is told to end.
     *
     * @param args {@code --port N}, or nothing for a free port; {@code --folder PATH}, or nothing for a temporary one
     */
    public static void main(String[] args) throws Exception {
        int port = 0;
        Path folder = null;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--port" -> port = Integer.parseInt(args[i + 1]);
                case "--folder" -> folder = Path.of(args[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        Path home = folder == null ? Files.createTempDirectory("mcp-guard-conformance") : folder;
        FixtureService service = new FixtureService(port, home.toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                service.close();
            } catch (LifecycleException e) {
                // The process ends anyway; whoever stopped it sees why it was not a clean end.
                System.err.println("The fixture did not stop cleanly: " + e);
            }
        }));
        System.out.println("Serving " + service.url());
        service.tomcat.getServer().await();
    }
}
