package io.mcpguard.testkit.contract;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/**
 * Events from small pools of values that places to keep them like to confuse: texts that differ in capitals, in an accent or in
 * a blank at the end only, that mean something in SQL, and instants a microsecond apart.
 */
final class RandomEvents {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<Long> MICROS =
            List.of(0L, 1L, 999_999L, 1_000_000L, 3_600_000_000L, 86_400_000_000L, -1L);
    private static final List<String> TEXTS = List.of(
            "claude-assistant",
            "Claude-Assistant",
            "claude-assistant ",
            "reader",
            "r\u00e9ader",
            "100%",
            "a_b",
            "a%b",
            "it's; drop table x; --",
            "\"q\" \\ | \u20ac \ud83d\ude00",
            "two\nlines\tand \u0001",
            "STRASSE",
            "stra\u00dfe",
            "\\u0000",
            "null",
            "");
    private static final List<String> POINTERS = List.of("/path/id", "/path/ID", "/body/note", "/query/a~1b", "");
    private static final List<String> CHAINS =
            List.of("00000001-aaaaaaaaaaaaaaaa", "00000002-bbbbbbbbbbbbbbbb", "00000003-cccccccccccccccc");

    private final Random random;
    private final Map<String, Long> sequences = new LinkedHashMap<>();
    private int number;

    /** A query, and how it was put together. */
    record Question(AuditQuery query, String words) {}

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    /** Gives the next events. A chain once left is not taken up again, as a process that has ended writes no more. */
    List<AuditEvent> events(int count) {
        List<AuditEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(CHAINS.get(Math.min(CHAINS.size() - 1, number++ / 80))));
        }
        return List.copyOf(events);
    }

    private AuditEvent event(String chain) {
        long sequence = sequences.merge(chain, 1L, Long::sum);
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.put(pick(POINTERS), pick(TEXTS));
        }
        return new AuditEvent(
                new UUID(0x0195_0000_0000_7000L + number, 0x8000_0000_0000_0000L | random.nextLong() >>> 2),
                callId(random.nextInt(50)),
                pick(List.of(Stage.values())),
                time(),
                pick(List.of(Channel.values())),
                pick(TEXTS),
                new AuditTarget(pick(TEXTS), pick(TEXTS)),
                new AuditCaller(pick(TEXTS), pick(TEXTS), pick(TEXTS), maybe(), maybe()),
                verdict(),
                new AuditResult(
                        pick(List.of(Outcome.values())),
                        random.nextBoolean() ? OptionalInt.of(status()) : OptionalInt.empty(),
                        random.nextBoolean() ? OptionalInt.of(-32_602) : OptionalInt.empty(),
                        random.nextBoolean()
                                ? Optional.of(Duration.ofNanos(random.nextInt(9_999) * 1_000L))
                                : Optional.empty(),
                        random.nextBoolean() ? OptionalLong.of(random.nextInt()) : OptionalLong.empty(),
                        random.nextBoolean() ? OptionalLong.of(Long.MAX_VALUE) : OptionalLong.empty()),
                new AuditSource(pick(TEXTS), random.nextInt(65_536), maybe(), maybe(), maybe(), maybe(), maybe()),
                arguments,
                Optional.of(new ChainLink(chain, sequence, hash(sequence - 1), hash(sequence))));
    }

    /** One to three criteria; most values are those of an event that is there. */
    Question question(List<AuditEvent> kept) {
        AuditQuery query = AuditQuery.everything();
        List<String> words = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            AuditEvent like = pick(kept);
            switch (random.nextInt(12)) {
                case 0 -> query = with(words, "from " + like.time(), query.from(like.time()));
                case 1 -> query = with(words, "to " + like.time(), query.to(like.time()));
                case 2 ->
                    query = with(
                            words, "client", query.client(other(like.caller().clientId())));
                case 3 ->
                    query = with(
                            words, "profile", query.profile(other(like.caller().profileId())));
                case 4 ->
                    query = with(
                            words,
                            "operation",
                            query.operation(other(like.target().operationId())));
                case 5 -> query = with(words, "principal", query.principal(other(pick(TEXTS))));
                case 6 -> query = with(words, "allowed", query.allowed(random.nextBoolean()));
                case 7 -> query = with(words, "stage " + like.stage(), query.stage(like.stage()));
                case 8 -> query = with(words, "call", query.call(callId(random.nextInt(51))));
                case 9 -> query = with(words, "status", query.status(200, status()));
                case 10 -> query = with(words, "argument", query.argument(pick(POINTERS), other(pick(TEXTS))));
                default ->
                    query = with(words, "text", query.text(other(pick(TEXTS)).strip()));
            }
        }
        return new Question(query, String.join(", ", words));
    }

    private static AuditQuery with(List<String> words, String word, AuditQuery query) {
        words.add(word);
        return query;
    }

    /** Now and then a value that is like one that is there. */
    private String other(String text) {
        return random.nextInt(10) == 0 ? text + " " : text;
    }

    private Instant time() {
        return NOON.plusNanos(1_000 * (pick(MICROS) + random.nextInt(3)));
    }

    private int status() {
        return pick(List.of(200, 201, 204, 404, 429, 500));
    }

    private static UUID callId(int number) {
        return new UUID(0x0195_0000_0000_7001L, 0x8000_0000_0000_0000L + number);
    }

    private static String hash(long sequence) {
        return "%064x".formatted(sequence);
    }

    private AuditVerdict verdict() {
        AuditVerdict verdict = new AuditVerdict(random.nextBoolean(), pick(TEXTS), pick(TEXTS), limit());
        return !verdict.allowed() && random.nextBoolean()
                ? verdict.repeated(2 + random.nextInt(5_000), time())
                : verdict;
    }

    private Optional<AuditLimit> limit() {
        return random.nextBoolean()
                ? Optional.of(
                        new AuditLimit(pick(TEXTS), random.nextInt(99), random.nextInt(99), random.nextInt(9_999)))
                : Optional.empty();
    }

    private Optional<String> maybe() {
        return random.nextBoolean() ? Optional.of(pick(TEXTS)) : Optional.empty();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
