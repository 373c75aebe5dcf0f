package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/** Events with anything in every place, the same for the same seed. */
final class RandomEvents {

    private static final String[] TEXTS = {
        "claude",
        "",
        "Kelvin \u212a and \u0130",
        "\"clientId\":\"claude\"",
        "\",\"stage\":\"DENIED",
        "line\r\nfeed\u001b[2J",
        "half \ud800 pair",
        "back\\slash\\u0041",
        "{\"arguments\":{",
        "},\"callId\":\"",
        "\"time\":\"1999-01-01T00:00:00Z\""
    };

    private final Random random;

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    AuditEvent next() {
        return new AuditEvent(
                new UUID(random.nextLong(), random.nextLong()),
                new UUID(random.nextLong(), random.nextLong()),
                one(Stage.values()),
                time(),
                one(Channel.values()),
                text(),
                new AuditTarget(text(), text()),
                new AuditCaller(text(), text(), text(), maybe(), maybe()),
                verdict(),
                new AuditResult(
                        one(AuditResult.Outcome.values()),
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(700) - 50) : OptionalInt.empty(),
                        random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty(),
                        random.nextBoolean()
                                ? Optional.of(Duration.ofNanos(1000L * random.nextInt()))
                                : Optional.empty(),
                        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                        random.nextBoolean() ? OptionalLong.of(random.nextInt(5)) : OptionalLong.empty()),
                new AuditSource(text(), random.nextInt(70_000), maybe(), maybe(), maybe(), maybe(), maybe()),
                arguments(),
                Optional.empty());
    }

    private Instant time() {
        return switch (random.nextInt(8)) {
            case 0 -> Instant.parse("-0044-03-15T12:00:00Z");
            case 1 -> Instant.parse("+12026-01-01T00:00:00.5Z");
            case 2 -> Instant.MAX.minusSeconds(random.nextInt(9));
            default ->
                Instant.ofEpochSecond(
                        1_790_000_000L + random.nextInt(100_000), random.nextInt(3) * 1000L * random.nextInt(333_333));
        };
    }

    private Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.put(random.nextBoolean() ? "/path/" + i : text(), text());
        }
        return arguments;
    }

    private AuditVerdict verdict() {
        AuditVerdict verdict = new AuditVerdict(
                random.nextBoolean(), text(), text(), random.nextBoolean() ? limit() : Optional.empty());
        return !verdict.allowed() && random.nextBoolean()
                ? verdict.repeated(2 + (random.nextLong() >>> 8), time())
                : verdict;
    }

    private Optional<AuditLimit> limit() {
        return Optional.of(new AuditLimit(text(), random.nextInt(), random.nextInt(100), random.nextLong()));
    }

    private Optional<String> maybe() {
        return random.nextBoolean() ? Optional.of(text()) : Optional.empty();
    }

    String text() {
        StringBuilder text = new StringBuilder(one(TEXTS));
        while (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? one(TEXTS) : String.valueOf((char) random.nextInt(0x10000)));
        }
        return random.nextInt(40) == 0 ? text + "x".repeat(600) : text.toString();
    }

    <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
