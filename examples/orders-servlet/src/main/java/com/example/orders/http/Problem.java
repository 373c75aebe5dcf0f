package com.example.orders.http;

import java.util.List;
import java.util.Map;

/** An expected failure of an operation; the caller sees its status, its detail and the wrong fields. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Map<String, String>> errors;

    private Problem(int status, String detail, List<Map<String, String>> errors) {
        super(detail);
        this.status = status;
        this.errors = errors;
    }

    /** The request itself is wrong. */
    public static Problem badRequest(List<Map<String, String>> errors) {
        return new Problem(400, "The request is not valid.", errors);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, detail, List.of());
    }

    public static Problem methodNotAllowed() {
        return new Problem(405, "The method is not supported here.", List.of());
    }

    /** The request is fine, but not in the state that the resource is in now. */
    public static Problem conflict(String detail) {
        return new Problem(409, detail, List.of());
    }

    /** The request is well formed, but breaks a rule of the business. */
    public static Problem unprocessable(String detail, String field, String message) {
        return new Problem(422, detail, List.of(Map.of("field", field, "message", message)));
    }

    public int status() {
        return status;
    }

    List<Map<String, String>> errors() {
        return errors;
    }
}
