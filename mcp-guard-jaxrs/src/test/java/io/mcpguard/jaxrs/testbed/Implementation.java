package io.mcpguard.jaxrs.testbed;

import jakarta.servlet.Servlet;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The implementation of JAX-RS that this run has, known by name alone. */
public enum Implementation {
    JERSEY {
        @Override
        public Class<?> rolesAllowed() {
            return type("org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature");
        }

        @Override
        public Servlet servlet(Application application, Map<String, Object> context) {
            try {
                Class<?> config = type("org.glassfish.jersey.server.ResourceConfig");
                Object made =
                        config.getMethod("forApplication", Application.class).invoke(null, application);
                return (Servlet) type("org.glassfish.jersey.servlet.ServletContainer")
                        .getConstructor(config)
                        .newInstance(made);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    RESTEASY {
        @Override
        public Class<?> rolesAllowed() {
            return type("org.jboss.resteasy.plugins.interceptors.RoleBasedSecurityFeature");
        }

        @Override
        public Servlet servlet(Application application, Map<String, Object> context) {
            try {
                Class<?> deployment = type("org.jboss.resteasy.spi.ResteasyDeployment");
                Object made = type("org.jboss.resteasy.core.ResteasyDeploymentImpl")
                        .getConstructor()
                        .newInstance();
                deployment.getMethod("setApplication", Application.class).invoke(made, application);
                deployment.getMethod("start").invoke(made);
                context.put(deployment.getName(), made);
                return (Servlet) type("org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher")
                        .getConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    /** Which run this is, as the build states it. */
    public static Implementation current() {
        return System.getProperty("jaxrs.expected", "").startsWith("resteasy") ? RESTEASY : JERSEY;
    }

    /** Switches annotations of roles on. */
    public abstract Class<?> rolesAllowed();

    /** The implementation's own servlet; what it wants to find in the servlet context goes into the map. */
    public abstract Servlet servlet(Application application, Map<String, Object> context);

    public static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
