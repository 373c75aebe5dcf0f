package io.mcpguard.core.door;

import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.Recognition;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Optional;

/**
 * One request of the MCP endpoint on its way through the service's filters: keeps what the service must not see, and has it
 * recorded when the service itself answers before the endpoint is reached.
 *
 * <p>Mounts extend it with what their server needs to find it again.
 *
 * @since 0.1
 */
public abstract class McpPassage implements Outcome {

    private final Guard guard;
    private final RequestFacts facts;
    private final List<HttpField> headers;
    private final Recognition recognition;
    private volatile boolean reached;

    /**
     * For subclasses.
     *
     * @param guard records
     * @param facts what the request says
     * @param headers every field line but cookies, in the server's order
     * @param recognition what the guard's own verifiers said of its credential
     */
    protected McpPassage(Guard guard, RequestFacts facts, List<HttpField> headers, Recognition recognition) {
        this.guard = guard;
        this.facts = facts;
        this.headers = List.copyOf(headers);
        this.recognition = recognition;
    }

    /** Takes over: from here on the endpoint records what becomes of the request. */
    public void reach() {
        reached = true;
    }

    /**
     * Says who records.
     *
     * @return true when the endpoint does, whose answer leaves as it is made
     */
    public final boolean isReached() {
        return reached;
    }

    /**
     * Returns what the request says.
     *
     * @return its facts
     */
    public final RequestFacts facts() {
        return facts;
    }

    /**
     * Returns the header fields as they came in, those included that the service does not see.
     *
     * @return every field line but cookies, in the server's order
     */
    public final List<HttpField> headers() {
        return headers;
    }

    /**
     * Returns who was identified at the entry.
     *
     * @return the caller that the guard has judged; empty when the service's own security is to identify
     */
    public final Optional<Identification.Identified> identified() {
        return recognition.identified();
    }

    /**
     * Returns what the guard's own verifiers said at the entry.
     *
     * @return what {@link Guard#identify(RequestFacts, Recognition, io.mcpguard.credential.AuthContext)} is to be told
     */
    public final Recognition recognition() {
        return recognition;
    }

    @Override
    public final Optional<Refusal> started(int status) {
        return Optional.empty();
    }

    @Override
    public final List<String> challenges(int status) {
        return reached || status != 401 ? List.of() : guard.challengesOfService(facts);
    }

    @Override
    public final Optional<Refusal> ended(int status, long bytesOut) {
        return reached
                ? Optional.empty()
                : guard.refusedByService(facts, identified().map(Identification.Identified::caller), status);
    }
}
