package com.example.orders.api;

import java.util.List;

/** An expected failure of an operation; the caller sees its status, its detail and the wrong fields. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldError> errors;

    private Problem(int status, String detail, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.errors = errors;
    }

    public static Problem notFound(String detail) {
        return new Problem(404, detail, List.of());
    }

    /** The request is fine, but not in the state that the resource is in now. */
    public static Problem conflict(String detail) {
        return new Problem(409, detail, List.of());
    }

    /** The request is well formed, but breaks a rule of the business. */
    public static Problem unprocessable(String detail, String field, String message) {
        return new Problem(422, detail, List.of(new FieldError(field, message)));
    }

    int status() {
        return status;
    }

    List<FieldError> errors() {
        return errors;
    }
}
