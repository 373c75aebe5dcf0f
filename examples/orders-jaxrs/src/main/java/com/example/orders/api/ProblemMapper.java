package com.example.orders.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers expected failures. */
final class ProblemMapper implements ExceptionMapper<Problem> {

    @Override
    public Response toResponse(Problem problem) {
        return ProblemDocument.answer(problem.status(), problem.getMessage(), problem.errors());
    }
}
