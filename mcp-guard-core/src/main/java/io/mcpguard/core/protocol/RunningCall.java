package io.mcpguard.core.protocol;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.core.json.JavaValues;
import io.mcpguard.decision.Caller;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.LogLevel;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A call of a feature as its handler sees it. */
final class RunningCall implements FeatureCall {

    private final UUID id;
    private final Caller caller;
    private final Map<String, @Nullable Object> arguments;
    private final String uri;
    private final ClientSide client;
    private final Optional<String> state;
    private final Reply reply;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicReference<Double> last = new AtomicReference<>(Double.NEGATIVE_INFINITY);

    /**
     * What the request says of its client's side.
     *
     * @param capabilities what it can do
     * @param inputs its answers to earlier questions
     * @param progressToken names the call in news of its progress, or null when none is wanted
     * @param logLevel the least severe messages it wants, or null for none
     */
    record ClientSide(
            Set<ClientCapability> capabilities,
            ObjectNode inputs,
            @Nullable JsonNode progressToken,
            @Nullable LogLevel logLevel) {}

    RunningCall(
            UUID id,
            Caller caller,
            Map<String, @Nullable Object> arguments,
            String uri,
            ClientSide client,
            Optional<String> state,
            Reply reply) {
        this.id = id;
        this.caller = caller;
        this.arguments = arguments;
        this.uri = uri;
        this.client = client;
        this.state = state;
        this.reply = reply;
        reply.cancellation().then(cancellation::happen);
    }

    /** The time for the call is over. */
    void expire() {
        cancellation.happen();
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public boolean clientCan(ClientCapability capability) {
        return client.capabilities().contains(capability);
    }

    @Override
    public Optional<Object> input(String key) {
        return Optional.ofNullable(client.inputs().get(key)).map(JavaValues::of);
    }

    @Override
    public Optional<String> state() {
        return state;
    }

    @Override
    public void progress(double progress, OptionalDouble total, String message) {
        JsonNode token = client.progressToken();
        if (token == null || !Double.isFinite(progress)) {
            return;
        }
        double before = last.getAndAccumulate(progress, Math::max);
        if (progress <= before) {
            return;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.set("progressToken", token);
        params.set("progress", number(progress));
        total.ifPresent(whole -> params.set("total", number(whole)));
        if (!message.isEmpty()) {
            params.put("message", message);
        }
        reply.send("notifications/progress", params);
    }

    /** Whole numbers without a fraction, as people write them. */
    private static JsonNode number(double value) {
        boolean whole = Math.rint(value) == value && Math.abs(value) < 1L << 53;
        return whole ? JsonNodeFactory.instance.numberNode((long) value) : JsonNodeFactory.instance.numberNode(value);
    }

    @Override
    public void log(LogLevel level, String logger, @Nullable Object data) {
        LogLevel wanted = client.logLevel();
        if (wanted == null || level.compareTo(wanted) < 0) {
            return;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.put("level", level.name().toLowerCase(Locale.ROOT));
        if (!logger.isEmpty()) {
            params.put("logger", logger);
        }
        params.set("data", JavaValues.node(data));
        reply.send("notifications/message", params);
    }

    @Override
    public boolean cancelled() {
        return cancellation.happened();
    }

    @Override
    public void onCancel(Runnable action) {
        cancellation.then(action);
    }
}
