package io.mcpguard.core.guard;

import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.decision.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal that has been recorded, as the caller is told: the same document over REST and MCP.
 *
 * @param reason why
 * @param callId id of the records of this call, by which an operator finds the true cause
 * @param retryAfter how long to wait before trying again; zero when waiting does not help or nobody can say
 * @param limit name of the limit that refused, else empty text
 * @param problems what is wrong with the arguments, when that is the reason
 * @param challenges what the header WWW-Authenticate says, a value for each line; empty when another credential would not help
 * @since 0.1
 */
public record Refusal(
        Reason reason,
        UUID callId,
        Duration retryAfter,
        String limit,
        List<SchemaProblem> problems,
        List<String> challenges)
        implements Identification, Opening, Listening {

    /** Media type of {@link #problem()} (RFC 9457). */
    public static final String PROBLEM_TYPE = "application/problem+json";

    private static final JsonMapper MAPPER = new JsonMapper();

    public Refusal {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(limit, "limit");
        problems = List.copyOf(problems);
        challenges = List.copyOf(challenges);
    }

    /**
     * A refusal that another credential does not change.
     *
     * @param reason why
     * @param callId id of the records of this call
     * @param retryAfter how long to wait before trying again
     * @param limit name of the limit that refused, else empty text
     * @param problems what is wrong with the arguments, when that is the reason
     */
    public Refusal(Reason reason, UUID callId, Duration retryAfter, String limit, List<SchemaProblem> problems) {
        this(reason, callId, retryAfter, limit, problems, List.of());
    }

    /**
     * A refusal that waiting does not change.
     *
     * @param reason why
     * @param callId id of the records of this call
     */
    public Refusal(Reason reason, UUID callId) {
        this(reason, callId, Duration.ZERO, "", List.of());
    }

    /**
     * Returns the wait in the unit of the Retry-After header, rounded up (RFC 9110 section 10.2.3).
     *
     * @return whole seconds, 0 when there is no wait to state
     */
    public long retryAfterSeconds() {
        return retryAfter.isZero() ? 0 : Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }

    /**
     * Returns the problem document (RFC 9457).
     *
     * @return a JSON object with type, title, status, detail, code and instance; and limit, retry_after_seconds or problems
     *     where they apply
     */
    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("type", "urn:mcp-guard:problem:" + reason.code());
        document.put("title", reason.code().replace('-', ' '));
        document.put("status", reason.httpStatus());
        document.put("detail", reason.sentence());
        document.put("code", reason.code());
        document.put("instance", "urn:uuid:" + callId);
        if (!limit.isEmpty()) {
            document.put("limit", limit);
        }
        if (retryAfterSeconds() > 0) {
            document.put("retry_after_seconds", retryAfterSeconds());
        }
        if (!problems.isEmpty()) {
            ArrayNode list = document.putArray("problems");
            problems.forEach(problem ->
                    list.addObject().put("pointer", problem.pointer()).put("message", problem.message()));
        }
        return document;
    }

    /**
     * Returns the problem document as it goes out.
     *
     * @return JSON in UTF-8
     */
    public byte[] problem() {
        return MAPPER.writeValueAsBytes(document());
    }
}
