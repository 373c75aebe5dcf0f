package com.example.orders.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers what JAX-RS itself refuses: an unknown address, a method that is not served, a role that is missing. */
final class RefusalMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException refusal) {
        int status = refusal.getResponse().getStatus();
        String detail = switch (status) {
            case 403 -> "Your roles do not allow this.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "The method is not supported here.";
            case 415 -> "The body must be application/json.";
            default -> "The request cannot be served.";
        };
        return ProblemDocument.answer(status, detail);
    }
}
