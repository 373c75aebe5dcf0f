package com.example.orders.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Problem details (RFC 9457), which every failure is answered with. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(String type, String title, int status, String detail, List<FieldError> errors) {

    /** Makes the answer to a failure. */
    public static Response answer(int status, String detail) {
        return answer(status, detail, List.of());
    }

    static Response answer(int status, String detail, List<FieldError> errors) {
        String title = Optional.ofNullable(Response.Status.fromStatusCode(status))
                .map(Response.Status::getReasonPhrase)
                .orElse("Unprocessable Content");
        return Response.status(status)
                .type("application/problem+json")
                .entity(new ProblemDocument("about:blank", title, status, detail, errors))
                .build();
    }
}
