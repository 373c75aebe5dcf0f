package com.example.orders.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers a body that is not JSON of the operation, without a word of the parser's. */
final class UnreadableMapper implements ExceptionMapper<JsonProcessingException> {

    @Override
    public Response toResponse(JsonProcessingException unreadable) {
        return ProblemDocument.answer(400, "The body cannot be read as JSON of this operation.");
    }
}
