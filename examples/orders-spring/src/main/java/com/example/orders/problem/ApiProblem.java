package com.example.orders.problem;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An expected failure of an operation; the caller sees its status and detail. */
public final class ApiProblem extends ErrorResponseException {
    private ApiProblem(HttpStatus status, ProblemDetail body) {
        super(status, body, null);
    }

    public static ApiProblem notFound(String detail) {
        return of(HttpStatus.NOT_FOUND, detail);
    }

    /** The request is fine, but not in the state that the resource is in now. */
    public static ApiProblem conflict(String detail) {
        return of(HttpStatus.CONFLICT, detail);
    }

    public static ApiProblem preconditionFailed(String detail) {
        return of(HttpStatus.PRECONDITION_FAILED, detail);
    }

    public static ApiProblem preconditionRequired(String detail) {
        return of(HttpStatus.PRECONDITION_REQUIRED, detail);
    }

    /** The request is well formed, but breaks a rule of the business. */
    public static ApiProblem unprocessable(String detail, FieldProblem... errors) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, detail);
        body.setProperty("errors", List.of(errors));
        return new ApiProblem(HttpStatus.UNPROCESSABLE_CONTENT, body);
    }

    private static ApiProblem of(HttpStatus status, String detail) {
        return new ApiProblem(status, ProblemDetail.forStatusAndDetail(status, detail));
    }
}
