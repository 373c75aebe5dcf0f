package com.example.tickets;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;

/** The tickets, and how often somebody was let through to them. */
@Component
public class Tickets {

    private static final LocalDate DUE = LocalDate.of(2026, 12, 24);

    private final AtomicInteger ran = new AtomicInteger();

    public int ran() {
        return ran.get();
    }

    public Ticket read(long id) {
        ran.incrementAndGet();
        if (id > 100) {
            throw new NoTicketException();
        }
        return new Ticket(id, "Ticket " + id, TicketState.OPEN, DUE, new BigDecimal("1.50"));
    }

    public Ticket open(NewTicket wanted) {
        ran.incrementAndGet();
        return new Ticket(
                wanted.subject().length(), wanted.subject(), TicketState.OPEN, wanted.dueOn(), wanted.effort());
    }

    @PreAuthorize("hasRole('LEAD')")
    public Ticket close(long id) {
        ran.incrementAndGet();
        return new Ticket(id, "Ticket " + id, TicketState.CLOSED, DUE, BigDecimal.ZERO);
    }

    public void fail() {
        ran.incrementAndGet();
        throw new IllegalStateException("the password of the database is hunter2");
    }
}
