package io.mcpguard.jaxrs.resource;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.core.json.JacksonFit;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.schema.AnnotatedProducts;
import io.mcpguard.schema.BodySchemas;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Configurable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The resource methods of a service that carry {@link McpOperation}, as operations.
 *
 * <p>Sub-resources are followed where a locator's return type is one class. Every mistake of every method is found before any is
 * reported.
 *
 * @since 0.1
 */
public final class JaxrsOperationSource implements OperationSource {

    private static final List<String> VALIDATORS = List.of(
            "org.glassfish.jersey.server.validation.ValidationFeature",
            "org.jboss.resteasy.plugins.validation.ValidatorContextResolver");

    private final Builder settings;
    private final MethodCheck check = new MethodCheck(this);
    private volatile boolean checked;
    private volatile Map<String, ResourceMethod> methods = Map.of();

    private JaxrsOperationSource(Builder settings) {
        this.settings = settings;
        if (settings.application instanceof Configurable<?> configurable) {
            configurable.register(check());
        }
    }

    /**
     * Starts a source over what an application registers. An application that can be registered with, as Jersey's is, has the
     * {@linkplain #check() check} registered at once; with another, register it yourself.
     *
     * @param application the application, before it is started; the path of its {@code @ApplicationPath} counts, and where Jersey
     *     scans packages for it, so do the classes found there
     * @return a builder
     */
    public static Builder of(Application application) {
        Builder builder = new Builder();
        builder.application = Objects.requireNonNull(application, "application");
        return builder;
    }

    /**
     * Starts a source over classes.
     *
     * @param resources every resource class of the service, whether or not it publishes anything
     * @return a builder
     */
    public static Builder of(Class<?>... resources) {
        Builder builder = new Builder();
        builder.resources.addAll(List.of(resources));
        return builder;
    }

    /**
     * Returns what makes sure that the method which runs is the one of the operation that the guard decided on. JAX-RS knows
     * methods that are not published, and chooses among all of them: a value for {@code /orders/{id}} may be the name of
     * {@code /orders/purge}.
     *
     * @return the check, to be registered with the application
     */
    public DynamicFeature check() {
        checked = true;
        return check;
    }

    @Override
    public List<ProductOperations> published() {
        List<String> mistakes = new ArrayList<>();
        AnnotatedProducts products = new AnnotatedProducts();
        ResourceWalk walk = new ResourceWalk(
                new OperationMaker(new BodySchemas(settings.json), settings.validates), products, mistakes);
        walk.through(settings.classes(), settings.path());
        mistakes.addAll(products.mistakes());
        if (!checked) {
            mistakes.addAll(walk.overlaps());
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(
                    "operations of this service", mistakes.stream().sorted().toList());
        }
        methods = Map.copyOf(walk.published());
        return products.published();
    }

    /** The method of an operation, or empty when the operation is not one that this source has published. */
    Optional<ResourceMethod> methodOf(String operationId) {
        return Optional.ofNullable(methods.get(operationId));
    }

    /**
     * Collects what a source is to read.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Set<Class<?>> resources = new LinkedHashSet<>();
        private @Nullable Application application;
        private String basePath = "";
        private JsonMapper json;
        private boolean validates = VALIDATORS.stream().anyMatch(Builder::isThere);

        private Builder() {
            // The first of the guard that a service makes, and the first that needs Jackson.
            JacksonFit.check();
            json = new JsonMapper();
        }

        private static boolean isThere(String type) {
            try {
                Class.forName(type, false, Builder.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | LinkageError e) {
                return false;
            }
        }

        /**
         * Sets where on its server the application is: the context path of a servlet container, followed by the path of the
         * servlet where that is not {@code @ApplicationPath}'s.
         *
         * @param path such as {@code /shop/api}; empty for the root, which it is unless set
         * @return this builder
         */
        public Builder basePath(String path) {
            this.basePath = Objects.requireNonNull(path, "path");
            return this;
        }

        /**
         * Sets a Jackson that reads and writes as the service does, for the schemas of bodies.
         *
         * @param mapper the mapper; a standard one unless set
         * @return this builder
         */
        public Builder json(JsonMapper mapper) {
            this.json = Objects.requireNonNull(mapper, "mapper");
            return this;
        }

        /**
         * Sets whether the service checks constraints of Jakarta Validation, so that they are in the schemas.
         *
         * @param checks true when it does; found out unless set, by whether Jersey's or RESTEasy's module for it is there
         * @return this builder
         */
        public Builder validates(boolean checks) {
            this.validates = checks;
            return this;
        }

        /**
         * Makes the source.
         *
         * @return the source, before the guard and before the application is started
         */
        public JaxrsOperationSource build() {
            return new JaxrsOperationSource(this);
        }

        @SuppressWarnings(
                "deprecation") // Objects that are registered are resources as well, as long as JAX-RS takes them.
        private Set<Class<?>> classes() {
            Set<Class<?>> all = new LinkedHashSet<>(resources);
            Application known = application;
            if (known != null) {
                all.addAll(known.getClasses());
                known.getSingletons().forEach(singleton -> all.add(singleton.getClass()));
            }
            return all;
        }

        private String path() {
            Application known = application;
            return known == null
                    ? basePath
                    : basePath + "/"
                            + ResourceAnnotations.find(known.getClass(), ApplicationPath.class)
                                    .map(ApplicationPath::value)
                                    .orElse("");
        }
    }
}
