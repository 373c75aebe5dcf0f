package io.mcpguard.core.limit;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Shows the counts in the host's own Resilience4j registries.
 *
 * <p>A name that the host has taken already stays the host's. Registries tell their listeners, so none of this may be called
 * under a lock.
 */
final class HostRegistries {

    private final @Nullable RateLimiterRegistry rateLimiters;
    private final @Nullable BulkheadRegistry bulkheads;

    HostRegistries(@Nullable RateLimiterRegistry rateLimiters, @Nullable BulkheadRegistry bulkheads) {
        this.rateLimiters = rateLimiters;
        this.bulkheads = bulkheads;
    }

    boolean present() {
        return rateLimiters != null || bulkheads != null;
    }

    void show(ExactWindow window) {
        if (rateLimiters == null) {
            return;
        }
        String name = window.getName();
        if (rateLimiters
                .find(name)
                .filter(known -> !(known instanceof ExactWindow))
                .isPresent()) {
            return;
        }
        // A registry only replaces what it has, so it has to make one of its own first.
        rateLimiters.rateLimiter(name, window.getRateLimiterConfig());
        rateLimiters.replace(name, window);
    }

    void show(InFlightBulkhead bulkhead) {
        if (bulkheads == null) {
            return;
        }
        String name = bulkhead.getName();
        if (bulkheads
                .find(name)
                .filter(known -> !(known instanceof InFlightBulkhead))
                .isPresent()) {
            return;
        }
        bulkheads.bulkhead(name, bulkhead.getBulkheadConfig());
        bulkheads.replace(name, bulkhead);
    }

    void hide(ExactWindow window) {
        if (rateLimiters != null
                && rateLimiters.find(window.getName()).filter(window::equals).isPresent()) {
            rateLimiters.remove(window.getName());
        }
    }

    void hide(InFlightBulkhead bulkhead) {
        if (bulkheads != null
                && bulkheads.find(bulkhead.getName()).filter(bulkhead::equals).isPresent()) {
            bulkheads.remove(bulkhead.getName());
        }
    }
}
