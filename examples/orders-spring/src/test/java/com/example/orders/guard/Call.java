package com.example.orders.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation, whichever door it goes through.
 *
 * @param operation id of the operation
 * @param path values of path variables, in order
 * @param query query parameters
 * @param headers headers that the operation declares
 * @param body JSON text of the body, or null for none
 */
record Call(
        String operation,
        Map<String, Object> path,
        Map<String, Object> query,
        Map<String, Object> headers,
        @Nullable String body) {

    static Call of(String operation) {
        return new Call(operation, Map.of(), Map.of(), Map.of(), null);
    }

    Call path(String name, Object value) {
        return new Call(operation, with(path, name, value), query, headers, body);
    }

    Call query(String name, Object value) {
        return new Call(operation, path, with(query, name, value), headers, body);
    }

    Call header(String name, Object value) {
        return new Call(operation, path, query, with(headers, name, value), body);
    }

    Call body(String json) {
        return new Call(operation, path, query, headers, json);
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return more;
    }
}
