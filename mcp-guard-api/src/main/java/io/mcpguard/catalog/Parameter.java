package io.mcpguard.catalog;

import java.util.Objects;

/**
 * One declared input of an operation besides its body. What is not declared cannot be sent.
 *
 * @param name the name as the service spells it; header names compare ignoring case
 * @param location where it goes in the request
 * @param required whether a call without it is refused; always true in the path
 * @param schema what values are valid; an array in the query is sent as repeated parameters
 * @param description what it means, possibly empty
 * @since 0.1
 */
public record Parameter(String name, Location location, boolean required, Schema schema, String description) {

    /** Where a parameter goes in the request. */
    public enum Location {
        /** One segment of the path. */
        PATH,
        /** The query string. */
        QUERY,
        /** A header field. */
        HEADER
    }

    public Parameter {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a parameter has a name");
        }
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(description, "description");
        if (location == Location.PATH && !required) {
            throw new IllegalArgumentException("path parameter " + name + " cannot be optional");
        }
    }
}
