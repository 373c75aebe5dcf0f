package io.mcpguard.core.profile;

import io.mcpguard.limit.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code limits:}, which is a rate or a number of calls at the same time. */
final class LimitEntry {

    private LimitEntry() {}

    static Optional<Limit> read(Fields fields, Set<String> names) {
        String name = Words.name(fields, names, "limit").orElse(null);
        boolean hasPermits = fields.has("permits");
        boolean hasPeriod = fields.has("per");
        boolean rate = hasPermits || hasPeriod;
        boolean concurrency = fields.has("concurrency");
        Integer permits = fields.count("permits");
        Duration per = fields.optional("per", Words.WRITE_SPAN, LimitEntry::period);
        Integer atOnce = fields.count("concurrency");
        fields.done();
        if (rate && concurrency) {
            fields.wrong("concurrency", "a limit is either a rate or a concurrency; make two of it, each with a name");
        } else if (!rate && !concurrency) {
            fields.missing("permits", "write 'permits: 60' and 'per: 1m', or 'concurrency: 4'");
        } else if (rate) {
            missing(fields, "permits", "write how many calls, such as 60");
            missing(fields, "per", Words.WRITE_SPAN);
        }
        return limit(name, permits, per, atOnce);
    }

    private static Optional<Limit> limit(
            @Nullable String name, @Nullable Integer permits, @Nullable Duration per, @Nullable Integer atOnce) {
        if (name != null && permits != null && per != null) {
            return Optional.of(new Limit.Rate(name, permits, per));
        }
        if (name != null && atOnce != null) {
            return Optional.of(new Limit.Concurrency(name, atOnce));
        }
        return Optional.empty();
    }

    private static void missing(Fields fields, String key, String writeInstead) {
        if (!fields.has(key)) {
            fields.missing(key, writeInstead);
        }
    }

    /** Lets the limit itself judge the length. */
    private static Duration period(String text) {
        return new Limit.Rate("length", 1, Words.span(text)).period();
    }
}
