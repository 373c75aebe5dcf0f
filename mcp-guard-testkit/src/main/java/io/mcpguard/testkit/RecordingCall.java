package io.mcpguard.testkit;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.LogLevel;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A call of a feature, for trying its handler without a guard. Keeps what the handler tells the client, all of it and in the
 * order told; a guard leaves out what the client did not ask for.
 *
 * @since 0.1
 */
public final class RecordingCall implements FeatureCall {

    private final UUID id = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private final Caller caller;
    private final Map<String, @Nullable Object> arguments;
    private final String uri;
    private final Set<ClientCapability> capabilities;
    private final Map<String, Object> inputs;
    private final Optional<String> state;
    private final List<Progress> progressed = new CopyOnWriteArrayList<>();
    private final List<Message> logged = new CopyOnWriteArrayList<>();
    private final List<Runnable> onCancel = new ArrayList<>();
    private boolean cancelled;

    private RecordingCall(Builder builder) {
        this.caller = builder.caller;
        this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(builder.arguments));
        this.uri = builder.uri;
        this.capabilities = Set.copyOf(builder.capabilities);
        this.inputs = Map.copyOf(builder.inputs);
        this.state = Optional.ofNullable(builder.state);
    }

    /**
     * What was told by {@link FeatureCall#progress}.
     *
     * @param progress how far
     * @param total how far it will be
     * @param message what is being done
     * @since 0.1
     */
    public record Progress(double progress, OptionalDouble total, String message) {}

    /**
     * What was told by {@link FeatureCall#log}.
     *
     * @param level how severe it is
     * @param logger what it is about
     * @param data the message
     * @since 0.1
     */
    public record Message(
            LogLevel level, String logger, @Nullable Object data) {}

    /**
     * Starts a call by principal {@code robot} with profile {@code reader} of client {@code assistant}, without arguments.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Lists the progress told so far.
     *
     * @return what was told, in order
     */
    public List<Progress> progressed() {
        return List.copyOf(progressed);
    }

    /**
     * Lists the messages told so far.
     *
     * @return what was told, in order
     */
    public List<Message> logged() {
        return List.copyOf(logged);
    }

    /** Cancels the call, as a client does that has given up. */
    public void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = List.copyOf(onCancel);
            onCancel.clear();
        }
        actions.forEach(Runnable::run);
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
        return capabilities.contains(capability);
    }

    @Override
    public Optional<Object> input(String key) {
        return Optional.ofNullable(inputs.get(key));
    }

    @Override
    public Optional<String> state() {
        return state;
    }

    @Override
    public void progress(double progress, OptionalDouble total, String message) {
        progressed.add(new Progress(progress, total, message));
    }

    @Override
    public void log(LogLevel level, String logger, @Nullable Object data) {
        logged.add(new Message(level, logger, data));
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                onCancel.add(action);
                return;
            }
        }
        action.run();
    }

    /**
     * Collects what a call is.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Set<ClientCapability> capabilities = EnumSet.noneOf(ClientCapability.class);
        private final Map<String, Object> inputs = new HashMap<>();
        private Caller caller = new Caller(
                new Principal("robot", Set.of(), Principal.Source.GUARD, ""),
                Profile.builder(
                                new ProfileId("reader"),
                                new Client(new ClientId("assistant"), "Assistant", State.ENABLED))
                        .build());
        private Map<String, ? extends @Nullable Object> arguments = Map.of();
        private String uri = "";
        private @Nullable String state;

        private Builder() {}

        /**
         * Sets who calls.
         *
         * @param caller the caller
         * @return this builder
         */
        public Builder caller(Caller caller) {
            this.caller = Objects.requireNonNull(caller, "caller");
            return this;
        }

        /**
         * Sets the arguments.
         *
         * @param arguments JSON values by name
         * @return this builder
         */
        public Builder arguments(Map<String, ? extends @Nullable Object> arguments) {
            this.arguments = Objects.requireNonNull(arguments, "arguments");
            return this;
        }

        /**
         * Sets the URI that is read.
         *
         * @param uri the URI of a resource
         * @return this builder
         */
        public Builder uri(String uri) {
            this.uri = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Adds a capability of the client.
         *
         * @param capability what it can do
         * @return this builder
         */
        public Builder clientCan(ClientCapability capability) {
            capabilities.add(capability);
            return this;
        }

        /**
         * Adds what the client sends for a question.
         *
         * @param key the key of the question
         * @param value a JSON value
         * @return this builder
         */
        public Builder input(String key, Object value) {
            inputs.put(key, value);
            return this;
        }

        /**
         * Sets the state that an earlier answer gave.
         *
         * @param state the state
         * @return this builder
         */
        public Builder state(String state) {
            this.state = Objects.requireNonNull(state, "state");
            return this;
        }

        /**
         * Makes the call.
         *
         * @return the call
         */
        public RecordingCall build() {
            return new RecordingCall(this);
        }
    }
}
