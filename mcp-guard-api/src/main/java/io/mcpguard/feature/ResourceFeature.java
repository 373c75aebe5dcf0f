package io.mcpguard.feature;

import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A resource of the service's own, or a template of many.
 *
 * <p>A template is a URI with variables in braces (RFC 6570 level 1): each stands for one or more characters other than '/',
 * percent-decoded before the handler sees it.
 *
 * @since 0.1
 */
public final class ResourceFeature implements Feature {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_]+)}");

    private final Operation operation;
    private final String uri;
    private final Optional<String> mimeType;
    private final Optional<CompletionHandler> completion;
    private final FeatureHandler<ResourceAnswer> handler;

    private ResourceFeature(Builder builder, FeatureHandler<ResourceAnswer> handler) {
        this.operation = Operation.builder(
                        new OperationId(builder.name), builder.product, "RESOURCE", "/" + builder.name)
                .title(builder.title.isEmpty() ? builder.name : builder.title)
                .description(builder.description)
                .build();
        this.uri = builder.uri;
        this.mimeType = Optional.ofNullable(builder.mimeType);
        this.completion = Optional.ofNullable(builder.completion);
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    /**
     * Starts a resource.
     *
     * @param product id of the product it belongs to
     * @param name 1 to 64 letters, digits, '.', '-' or '_'
     * @param uri its absolute URI, or a template of URIs
     * @param description what it holds; not empty
     * @return a builder
     */
    public static Builder builder(String product, String name, String uri, String description) {
        return new Builder(product, name, uri, description);
    }

    @Override
    public Operation operation() {
        return operation;
    }

    /**
     * Returns where it is.
     *
     * @return an absolute URI, or a template
     */
    public String uri() {
        return uri;
    }

    /**
     * Says whether it stands for many resources.
     *
     * @return whether the URI has variables
     */
    public boolean isTemplate() {
        return VARIABLE.matcher(uri).find();
    }

    /**
     * Lists the variables of the template.
     *
     * @return their names, empty for a single resource
     */
    public Set<String> variables() {
        return VARIABLE.matcher(uri).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    /**
     * Returns the media type.
     *
     * @return the type, or empty when it differs or is not known
     */
    public Optional<String> mimeType() {
        return mimeType;
    }

    /**
     * Returns what completes the variables of a template.
     *
     * @return the handler, or empty when nothing is offered
     */
    public Optional<CompletionHandler> completion() {
        return completion;
    }

    /**
     * Returns what reads it.
     *
     * @return the handler
     */
    public FeatureHandler<ResourceAnswer> handler() {
        return handler;
    }

    /** Names the resource. */
    @Override
    public String toString() {
        return operation.toString();
    }

    /**
     * Collects what a resource is.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final String product;
        private final String name;
        private final String uri;
        private final String description;
        private String title = "";
        private @Nullable String mimeType;
        private @Nullable CompletionHandler completion;

        private Builder(String product, String name, String uri, String description) {
            this.product = Objects.requireNonNull(product, "product");
            this.name = Objects.requireNonNull(name, "name");
            this.uri = Objects.requireNonNull(uri, "uri");
            if (!uri.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+")) {
                throw new IllegalArgumentException("resource " + name + " needs an absolute URI, not '" + uri + "'");
            }
            String literal = VARIABLE.matcher(uri).replaceAll("");
            if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
                throw new IllegalArgumentException(
                        "resource " + name + " has a template that is not of plain variables");
            }
            if (description.isBlank()) {
                throw new IllegalArgumentException("resource " + name + " needs a description");
            }
            this.description = description;
        }

        /**
         * Sets the name for people.
         *
         * @param title the title
         * @return this builder
         */
        public Builder title(String title) {
            this.title = Objects.requireNonNull(title, "title");
            return this;
        }

        /**
         * Sets the media type.
         *
         * @param mimeType the type
         * @return this builder
         */
        public Builder mimeType(String mimeType) {
            this.mimeType = Objects.requireNonNull(mimeType, "mimeType");
            return this;
        }

        /**
         * Sets what completes the variables of a template.
         *
         * @param completion the handler
         * @return this builder
         */
        public Builder completion(CompletionHandler completion) {
            this.completion = Objects.requireNonNull(completion, "completion");
            return this;
        }

        /**
         * Makes the resource.
         *
         * @param handler reads it
         * @return the resource
         */
        public ResourceFeature handledBy(FeatureHandler<ResourceAnswer> handler) {
            return new ResourceFeature(this, handler);
        }

        /**
         * Makes a resource of code that answers when it returns.
         *
         * @param code reads it
         * @return the resource
         */
        public ResourceFeature answering(FeatureHandler.Direct<ResourceAnswer> code) {
            return new ResourceFeature(this, FeatureHandler.of(code));
        }
    }
}
