package com.example.tickets;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such ticket. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class NoTicketException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;
}
