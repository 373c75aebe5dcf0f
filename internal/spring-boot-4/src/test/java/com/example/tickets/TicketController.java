package com.example.tickets;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API of the service. */
@RestController
@RequestMapping("/api/tickets")
@McpProduct(value = "tickets", name = "Tickets")
public class TicketController {

    private final Tickets tickets;

    public TicketController(Tickets tickets) {
        this.tickets = tickets;
    }

    @McpOperation
    @GetMapping
    public List<Ticket> listTickets(
            @RequestParam(required = false) TicketState state, @RequestParam(defaultValue = "2") @Max(50) int size) {
        return LongStream.rangeClosed(1, state == TicketState.CLOSED ? 0 : size)
                .mapToObj(tickets::read)
                .toList();
    }

    @McpOperation
    @GetMapping("/{id}")
    public Ticket getTicket(@PathVariable long id) {
        return tickets.read(id);
    }

    @McpOperation
    @PostMapping
    public ResponseEntity<Ticket> openTicket(@RequestBody @Valid NewTicket wanted) {
        Ticket opened = tickets.open(wanted);
        return ResponseEntity.created(URI.create("/api/tickets/" + opened.id())).body(opened);
    }

    @McpOperation
    @PutMapping("/{id}/closed")
    public Ticket closeTicket(@PathVariable long id) {
        return tickets.close(id);
    }

    /** Made on another thread, which still knows who asks. */
    @McpOperation
    @GetMapping("/report")
    public Callable<Map<String, String>> reportTickets(Principal caller) {
        return () -> {
            tickets.read(1);
            return Map.of(
                    "for", caller.getName(),
                    "by", SecurityContextHolder.getContext().getAuthentication().getName());
        };
    }

    @McpOperation
    @GetMapping("/caller")
    public Map<String, Object> callerOfTickets(HttpServletRequest request, Principal caller) {
        tickets.read(1);
        return Map.of(
                "name", caller.getName(),
                "lead", request.isUserInRole("LEAD"),
                "session", request.getSession(false) != null,
                "address", request.getRemoteAddr(),
                "path", request.getContextPath() + request.getServletPath(),
                "uri", request.getRequestURI());
    }

    @McpOperation
    @GetMapping("/broken")
    public void breakTickets() {
        tickets.fail();
    }

    /** For the forms of the web pages; not published. */
    @GetMapping("/csrf")
    public Map<String, String> csrf(CsrfToken token) {
        return Map.of("header", token.getHeaderName(), "token", token.getToken());
    }
}
