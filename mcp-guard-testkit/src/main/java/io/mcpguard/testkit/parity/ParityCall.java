package io.mcpguard.testkit.parity;

import io.mcpguard.testkit.internal.JsonReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One call of an operation, whichever door it goes through.
 *
 * @param operation id of the operation
 * @param name what the call shows, empty for the ordinary case
 * @param path values of path variables
 * @param query values of query parameters; a list is sent as repeated parameters
 * @param headers values of headers that the operation declares
 * @param body JSON text of the body, empty for none
 * @since 0.1
 */
public record ParityCall(
        String operation,
        String name,
        Map<String, Object> path,
        Map<String, Object> query,
        Map<String, Object> headers,
        Optional<String> body) {

    public ParityCall {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(name, "name");
        path = copy(path);
        query = copy(query);
        headers = copy(headers);
        body.ifPresent(JsonReader::read);
    }

    private static Map<String, Object> copy(Map<String, Object> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Starts a call.
     *
     * @param operation id of the operation
     * @return a call without arguments
     */
    public static ParityCall of(String operation) {
        return new ParityCall(operation, "", Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /**
     * Names what the call shows, to tell several calls of one operation apart.
     *
     * @param what a word or two, such as {@code unknown order}
     * @return a copy with the name
     */
    public ParityCall named(String what) {
        return new ParityCall(operation, what, path, query, headers, body);
    }

    /**
     * Sets a variable of the path.
     *
     * @param variable the name in the template
     * @param value a text, a number or a truth value
     * @return a copy with the value
     */
    public ParityCall path(String variable, Object value) {
        return new ParityCall(operation, name, with(path, variable, value), query, headers, body);
    }

    /**
     * Sets a query parameter.
     *
     * @param parameter the name
     * @param value a text, a number, a truth value or a list of them
     * @return a copy with the value
     */
    public ParityCall query(String parameter, Object value) {
        return new ParityCall(operation, name, path, with(query, parameter, value), headers, body);
    }

    /**
     * Sets a header that the operation declares.
     *
     * @param field the field name
     * @param value a text, a number or a truth value
     * @return a copy with the value
     */
    public ParityCall header(String field, Object value) {
        return new ParityCall(operation, name, path, query, with(headers, field, value), body);
    }

    /**
     * Sets the body.
     *
     * @param json JSON text; of a form an object with its fields, of a text the JSON string of it
     * @return a copy with the body
     * @throws IllegalArgumentException when it is not JSON
     */
    public ParityCall body(String json) {
        return new ParityCall(operation, name, path, query, headers, Optional.of(json));
    }

    private static Map<String, Object> with(Map<String, Object> values, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return more;
    }

    /** Names the operation and what the call shows. */
    @Override
    public String toString() {
        return name.isEmpty() ? operation : operation + ", " + name;
    }
}
