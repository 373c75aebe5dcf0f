package io.mcpguard.core.mask;

import io.mcpguard.catalog.Parameter.Location;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a caller passes to an operation, in one form for both doors, so that one call leaves the same arguments in the trail
 * whichever way it came.
 *
 * @since 0.1
 */
public final class CallArguments {

    private final Map<Location, Map<String, List<String>>> parameters;
    private final @Nullable JsonNode body;

    private CallArguments(Builder builder) {
        this.parameters = builder.parameters;
        this.body = builder.body;
    }

    /**
     * Starts with no arguments.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the arguments of the tool {@code execute_endpoint}.
     *
     * @param tool an object with {@code path_params}, {@code query_params}, {@code headers} and {@code body}, each optional
     * @return the same arguments as a REST request would have them
     */
    public static CallArguments ofTool(JsonNode tool) {
        Builder builder = new Builder();
        builder.all(Location.PATH, tool.get("path_params"));
        builder.all(Location.QUERY, tool.get("query_params"));
        builder.all(Location.HEADER, tool.get("headers"));
        builder.body(tool.get("body"));
        return builder.build();
    }

    Map<String, List<String>> in(Location location) {
        return parameters.getOrDefault(location, Map.of());
    }

    @Nullable JsonNode body() {
        return body;
    }

    /**
     * Collects arguments. A parameter given twice has two values.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Map<Location, Map<String, List<String>>> parameters = new EnumMap<>(Location.class);
        private @Nullable JsonNode body;

        private Builder() {}

        /**
         * Adds a value of a parameter.
         *
         * @param location where it goes in the request
         * @param name its name
         * @param value its value, decoded
         * @return this builder
         */
        public Builder parameter(Location location, String name, String value) {
            parameters
                    .computeIfAbsent(location, any -> new LinkedHashMap<>())
                    .computeIfAbsent(name, any -> new ArrayList<>())
                    .add(value);
            return this;
        }

        /**
         * Sets the body.
         *
         * @param body the parsed body, or null for none
         * @return this builder
         */
        public Builder body(@Nullable JsonNode body) {
            this.body = body;
            return this;
        }

        /**
         * Makes the arguments.
         *
         * @return the arguments
         */
        public CallArguments build() {
            return new CallArguments(this);
        }

        private void all(Location location, @Nullable JsonNode values) {
            if (values == null || !values.isObject()) {
                return;
            }
            for (Map.Entry<String, JsonNode> value : values.properties()) {
                if (value.getValue().isArray()) {
                    value.getValue().values().forEach(one -> add(location, value.getKey(), one));
                } else {
                    add(location, value.getKey(), value.getValue());
                }
            }
        }

        private void add(Location location, String name, JsonNode value) {
            if (!value.isNull()) {
                parameter(location, name, MaskText.of(value));
            }
        }
    }
}
