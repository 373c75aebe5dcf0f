package io.mcpguard.spring.service;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API of a small service. */
@McpProduct(value = "notes", name = "Notes")
@RestController
@RequestMapping("/api/notes")
public class Notes {

    private final AtomicInteger ran = new AtomicInteger();

    public record Note(String text) {}

    public int ran() {
        return ran.get();
    }

    @McpOperation
    @GetMapping("/{id}")
    public Map<String, Object> getNote(@PathVariable int id, HttpServletRequest request) {
        ran.incrementAndGet();
        return Map.of(
                "id",
                id,
                "user",
                String.valueOf(request.getRemoteUser()),
                "authorization",
                String.valueOf(request.getHeader("Authorization")));
    }

    @McpOperation
    @PostMapping
    public Note addNote(@RequestBody Note note) {
        ran.incrementAndGet();
        return note;
    }

    @McpOperation
    @GetMapping("/secret")
    @PreAuthorize("hasRole('WRITER')")
    public Note secretNote() {
        ran.incrementAndGet();
        return new Note("secret");
    }

    @McpOperation
    @GetMapping("/later")
    public CompletableFuture<Note> laterNote() {
        ran.incrementAndGet();
        return CompletableFuture.supplyAsync(() -> new Note("later"));
    }

    @McpOperation
    @GetMapping("/called")
    public Callable<Note> calledNote() {
        ran.incrementAndGet();
        return () ->
                new Note(SecurityContextHolder.getContext().getAuthentication().getName());
    }

    @McpOperation
    @GetMapping("/broken")
    public Note brokenNote() {
        ran.incrementAndGet();
        throw new IllegalStateException("the secret cause");
    }

    /** Nobody has published it; its path is a value for that of {@link #getNote}. */
    @GetMapping("/hidden")
    public Note hiddenNote() {
        ran.incrementAndGet();
        return new Note("hidden");
    }
}
