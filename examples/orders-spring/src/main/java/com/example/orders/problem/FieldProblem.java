package com.example.orders.problem;

import java.util.Comparator;

/** One field of the request that is wrong, and why. */
public record FieldProblem(String field, String message) {
    static final Comparator<FieldProblem> BY_FIELD =
            Comparator.comparing(FieldProblem::field).thenComparing(FieldProblem::message);
}
