package io.mcpguard.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One callable of the service: an HTTP method and a path template, with everything a caller must know to use it.
 *
 * @since 0.1
 */
public final class Operation {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]+)}");

    private final OperationId id;
    private final String product;
    private final String method;
    private final String path;
    private final String title;
    private final String description;
    private final List<Parameter> parameters;
    private final Map<Parameter.Location, List<Parameter>> byLocation;
    private final @Nullable RequestBody body;
    private final List<Response> responses;
    private final Hints hints;
    private final Set<String> scopes;
    private final Set<String> tags;

    private Operation(Builder builder) {
        this.id = builder.id;
        this.product = builder.product;
        this.method = builder.method;
        this.path = builder.path;
        this.title = builder.title;
        this.description = builder.description;
        this.parameters = List.copyOf(builder.parameters);
        this.byLocation = byLocation(parameters);
        this.body = builder.body;
        this.responses = List.copyOf(builder.responses);
        this.hints = builder.hints == null ? Hints.ofMethod(builder.method) : builder.hints;
        this.scopes = builder.scopes;
        this.tags = builder.tags;
    }

    /**
     * Starts an operation.
     *
     * @param id its id
     * @param product id of the product it belongs to
     * @param method HTTP method in upper case
     * @param path path template from the root of the host, context path included, with each variable in braces as a whole
     *     segment: {@code /api/orders/{orderId}}
     * @return a builder
     */
    public static Builder builder(OperationId id, String product, String method, String path) {
        return new Builder(id, product, method, path);
    }

    /**
     * Returns the id.
     *
     * @return the operation's id
     */
    public OperationId id() {
        return id;
    }

    /**
     * Returns the product it belongs to.
     *
     * @return the product's id
     */
    public String product() {
        return product;
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method in upper case
     */
    public String method() {
        return method;
    }

    /**
     * Returns the path template.
     *
     * @return the template from the root of the host, with variables in braces
     */
    public String path() {
        return path;
    }

    /**
     * Returns a short name for people.
     *
     * @return the title, never empty
     */
    public String title() {
        return title;
    }

    /**
     * Returns what the operation does.
     *
     * @return a sentence or more, possibly empty
     */
    public String description() {
        return description;
    }

    /**
     * Returns the declared inputs besides the body.
     *
     * @return the parameters in the order declared
     */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Returns the declared inputs of one location.
     *
     * @param location path, query or header
     * @return the parameters in the order declared
     */
    public List<Parameter> parameters(Parameter.Location location) {
        return byLocation.getOrDefault(location, List.of());
    }

    /** Made once: each call asks for every location. */
    private static Map<Parameter.Location, List<Parameter>> byLocation(List<Parameter> all) {
        Map<Parameter.Location, List<Parameter>> sorted = new EnumMap<>(Parameter.Location.class);
        for (Parameter.Location location : Parameter.Location.values()) {
            sorted.put(
                    location, all.stream().filter(p -> p.location() == location).toList());
        }
        return sorted;
    }

    /**
     * Returns the body it takes.
     *
     * @return the body, or empty when it takes none
     */
    public Optional<RequestBody> body() {
        return Optional.ofNullable(body);
    }

    /**
     * Returns the documented responses.
     *
     * @return the responses in the order declared
     */
    public List<Response> responses() {
        return responses;
    }

    /**
     * Returns what a caller may expect of its effects.
     *
     * @return the hints
     */
    public Hints hints() {
        return hints;
    }

    /**
     * Returns the scopes a caller needs, as the service's authorization server names them.
     *
     * @return the scopes, possibly empty
     */
    public Set<String> scopes() {
        return scopes;
    }

    /**
     * Returns the words by which profiles can open or close it together with others.
     *
     * @return the tags, possibly empty
     */
    public Set<String> tags() {
        return tags;
    }

    /**
     * Says whether it carries a tag of several.
     *
     * @param some the tags asked for
     * @return true when it carries at least one of them
     */
    public boolean carriesOneOf(Set<String> some) {
        for (String tag : tags) {
            if (some.contains(tag)) {
                return true;
            }
        }
        return false;
    }

    /** Names the operation. */
    @Override
    public String toString() {
        return "Operation[" + id + " " + method + " " + path + "]";
    }

    /**
     * Collects the parts of an operation.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final OperationId id;
        private final String product;
        private final String method;
        private final String path;
        private String title;
        private String description = "";
        private final List<Parameter> parameters = new ArrayList<>();
        private @Nullable RequestBody body;
        private final List<Response> responses = new ArrayList<>();
        private @Nullable Hints hints;
        private Set<String> scopes = Set.of();
        private Set<String> tags = Set.of();

        private Builder(OperationId id, String product, String method, String path) {
            this.id = Objects.requireNonNull(id, "id");
            this.product = Objects.requireNonNull(product, "product");
            this.method = Objects.requireNonNull(method, "method");
            this.path = Objects.requireNonNull(path, "path");
            this.title = id.value();
        }

        /**
         * Sets the short name.
         *
         * @param title a name for people; an empty text keeps the id
         * @return this builder
         */
        public Builder title(String title) {
            this.title = title.isBlank() ? id.value() : title;
            return this;
        }

        /**
         * Sets what the operation does.
         *
         * @param description a sentence or more
         * @return this builder
         */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /**
         * Adds an input.
         *
         * @param parameter the parameter
         * @return this builder
         */
        public Builder parameter(Parameter parameter) {
            parameters.add(Objects.requireNonNull(parameter, "parameter"));
            return this;
        }

        /**
         * Sets the body.
         *
         * @param body the body, or null for none
         * @return this builder
         */
        public Builder body(@Nullable RequestBody body) {
            this.body = body;
            return this;
        }

        /**
         * Adds a documented response.
         *
         * @param response the response
         * @return this builder
         */
        public Builder response(Response response) {
            responses.add(Objects.requireNonNull(response, "response"));
            return this;
        }

        /**
         * Sets the hints, where those that follow from the method are wrong.
         *
         * @param hints the hints, or null for those of the method
         * @return this builder
         */
        public Builder hints(@Nullable Hints hints) {
            this.hints = hints;
            return this;
        }

        /**
         * Sets the scopes a caller needs.
         *
         * @param scopes the scopes
         * @return this builder
         */
        public Builder scopes(Set<String> scopes) {
            this.scopes = Set.copyOf(scopes);
            return this;
        }

        /**
         * Sets the words by which profiles can open or close it together with others.
         *
         * @param tags 1 to 64 letters, digits, '.', '-' or '_' each
         * @return this builder
         */
        public Builder tags(Set<String> tags) {
            this.tags = Set.copyOf(tags);
            return this;
        }

        /**
         * Makes the operation, after checking that template and parameters agree.
         *
         * @return the operation
         * @throws IllegalArgumentException naming every mistake at once
         */
        public Operation build() {
            List<String> mistakes = new ArrayList<>();
            if (!method.matches("[A-Z]+")) {
                mistakes.add("the method must be in upper case");
            }
            if (!path.startsWith("/")) {
                mistakes.add("the path must start with '/'");
            }
            tags.stream()
                    .filter(tag -> !tag.matches(OperationId.FORM))
                    .sorted()
                    .map(tag ->
                            "the tag '" + tag + "' cannot be used; a tag is 1 to 64 letters, digits, '.', '-' or '_'"
                                    + " and starts with a letter or digit")
                    .forEach(mistakes::add);
            Set<String> variables = new LinkedHashSet<>();
            for (String segment : path.split("/", -1)) {
                Matcher variable = VARIABLE.matcher(segment);
                if (variable.matches()) {
                    variables.add(variable.group(1));
                } else if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
                    mistakes.add("a path variable must be a whole segment, which '" + segment + "' is not");
                }
            }
            Set<String> declared = new LinkedHashSet<>();
            Set<String> seen = new HashSet<>();
            for (Parameter parameter : parameters) {
                if (parameter.location() == Parameter.Location.PATH) {
                    declared.add(parameter.name());
                }
                if (!seen.add(parameter.location() + " " + keyOf(parameter))) {
                    mistakes.add("parameter " + parameter.name() + " is declared twice");
                }
            }
            variables.stream()
                    .filter(name -> !declared.contains(name))
                    .map(name -> "the path names {" + name + "}, for which there is no path parameter; declare it")
                    .forEach(mistakes::add);
            declared.stream()
                    .filter(name -> !variables.contains(name))
                    .map(name -> "path parameter " + name + " has no place in the path " + path + "; write {" + name
                            + "} there or take it away")
                    .forEach(mistakes::add);
            if (!mistakes.isEmpty()) {
                throw new IllegalArgumentException("operation " + id + ": " + String.join("; ", mistakes));
            }
            return new Operation(this);
        }

        private static String keyOf(Parameter parameter) {
            return parameter.location() == Parameter.Location.HEADER
                    ? parameter.name().toLowerCase(Locale.ROOT)
                    : parameter.name();
        }
    }
}
