package com.example.orders.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what nobody expected, without anything of its insides. */
final class UnforeseenMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(UnforeseenMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        LOG.error("A request failed", failure);
        return ProblemDocument.answer(500, "The service failed. Try again later.");
    }
}
