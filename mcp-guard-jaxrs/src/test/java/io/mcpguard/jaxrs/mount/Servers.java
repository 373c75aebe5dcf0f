package io.mcpguard.jaxrs.mount;

import io.mcpguard.jaxrs.testbed.Implementation;
import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.SeBootstrap.Configuration.SSLClientAuthentication;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** The servers without servlets that this run's implementation has. */
enum Servers {
    /** Grizzly for Jersey, Netty for RESTEasy. */
    MAIN {
        @Override
        AutoCloseable start(Application application, int port) {
            return Implementation.current() == Implementation.JERSEY
                    ? jersey(application, plain(port))
                    : netty(application, port);
        }

        @Override
        String webServer() {
            return "org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServer";
        }
    },
    /** The HTTP server of the JDK under Jersey. */
    JDK {
        @Override
        AutoCloseable start(Application application, int port) {
            return jersey(application, plain(port));
        }

        @Override
        String webServer() {
            return "org.glassfish.jersey.jdkhttp.JdkHttpServer";
        }
    };

    abstract AutoCloseable start(Application application, int port);

    /** Which of Jersey's servers it is. */
    abstract String webServer();

    /** Of Jersey alone, which takes TLS from the settings of JAX-RS. */
    AutoCloseable startTls(Application application, int port, SSLContext keys, SSLClientAuthentication asked) {
        return jersey(
                application,
                SeBootstrap.Configuration.builder()
                        .protocol("HTTPS")
                        .sslContext(keys)
                        .sslClientAuthentication(asked)
                        .port(port));
    }

    private static SeBootstrap.Configuration.Builder plain(int port) {
        return SeBootstrap.Configuration.builder().protocol("HTTP").port(port);
    }

    /** RESTEasy cannot say which port it was given, so that one is chosen here. */
    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    AutoCloseable jersey(Application application, SeBootstrap.Configuration.Builder at) {
        SeBootstrap.Configuration settings = at.host("127.0.0.1")
                .rootPath("/")
                .property("jersey.config.server.bootstrap.webserver.class", Implementation.type(webServer()))
                .build();
        try {
            SeBootstrap.Instance running = SeBootstrap.start(application, settings)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            return () -> running.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** With threads of its own: on those of Netty nothing may block, which is what resources and journals do. */
    static AutoCloseable netty(Application application, int port) {
        try {
            Class<?> deployments = Implementation.type("org.jboss.resteasy.spi.ResteasyDeployment");
            Object deployment = Implementation.type("org.jboss.resteasy.core.ResteasyDeploymentImpl")
                    .getConstructor()
                    .newInstance();
            deployments.getMethod("setApplication", Application.class).invoke(deployment, application);
            Class<?> type = Implementation.type("org.jboss.resteasy.plugins.server.netty.NettyJaxrsServer");
            Object server = type.getConstructor().newInstance();
            type.getMethod("setDeployment", deployments).invoke(server, deployment);
            type.getMethod("setHostname", String.class).invoke(server, "127.0.0.1");
            type.getMethod("setPort", int.class).invoke(server, port);
            type.getMethod("setRootResourcePath", String.class).invoke(server, "");
            type.getMethod("setExecutorThreadCount", int.class).invoke(server, 16);
            type.getMethod("start").invoke(server);
            return () -> type.getMethod("stop").invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
