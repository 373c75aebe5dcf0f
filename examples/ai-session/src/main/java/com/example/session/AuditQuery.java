package com.example.session;

import java.time.Instant;

/** Asks for the audit trail. */
interface AuditQuery {

    /** Lists the records of a time as {@code format} says: {@code table} for people or {@code json}, an object a line. */
    String records(Instant from, Instant to, String format);

    /** Checks that nobody has changed the trail; what the check says, or an {@link Unexpected} when somebody has. */
    String verify();

    /** The command as one would type it, for display. */
    String shown();
}
