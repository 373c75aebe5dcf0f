package io.mcpguard.oauth;

import java.io.Serial;

/** A credential of this module's kind that must not be accepted. Holds nothing of it. */
final class Unacceptable extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String detail;

    /** Makes one without a stack trace: it is an answer, and may come many times a second. */
    Unacceptable(String detail) {
        super(detail, null, false, false);
        this.detail = detail;
    }

    /** Why, as lower-case words joined by hyphens. */
    String detail() {
        return detail;
    }
}
