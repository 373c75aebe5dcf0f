package io.mcpguard.otel;

import java.io.IOException;
import java.io.Serial;

/** A receiver has accepted a batch, and said that it has not. */
final class RefusedRecordsException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    RefusedRecordsException(String message) {
        super(message);
    }
}
