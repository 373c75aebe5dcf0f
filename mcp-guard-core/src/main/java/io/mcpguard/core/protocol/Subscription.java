package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.FeatureKind;
import io.mcpguard.core.feature.FeatureListener;
import io.mcpguard.core.feature.Features;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.decision.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One client that listens for changes (MCP 2026-07-28, {@code subscriptions/listen}). It hears only of what it asked for and may
 * see, and no longer than its caller could ask again.
 */
final class Subscription implements FeatureListener, OpenReplies.Care {

    /** Metadata key by which a client tells its subscriptions apart. */
    static final String META_ID = "io.modelcontextprotocol/subscriptionId";

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int MOST_RESOURCES = 100;

    private final Guard guard;
    private final Offered offered;
    private final Executor workers;
    private final Message.Request request;
    private final Context context;
    private final Set<FeatureKind> kinds;
    private final Set<String> resources;
    private final InstantSource clock;
    private final Instant end;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean checking = new AtomicBoolean();
    private final AtomicBoolean outdated = new AtomicBoolean();
    private final Map<FeatureKind, List<?>> shown = new EnumMap<>(FeatureKind.class);
    private Caller caller;

    Subscription(
            Guard guard,
            Offered offered,
            Features features,
            Executor workers,
            Message.Request request,
            Context context,
            InstantSource clock) {
        this.guard = guard;
        this.offered = offered;
        this.workers = workers;
        this.request = request;
        this.context = context;
        this.caller = context.caller();
        this.clock = clock;
        this.end = clock.instant().plus(LIFE);
        this.kinds = kinds(wanted(request), features);
        this.resources = resources(wanted(request), features);
        kinds.forEach(kind -> shown.put(kind, list(kind, caller)));
    }

    private static JsonNode wanted(Message.Request request) {
        return request.param("notifications").orElseGet(JsonNodeFactory.instance::missingNode);
    }

    private static Set<FeatureKind> kinds(JsonNode wanted, Features features) {
        Set<FeatureKind> kinds = new LinkedHashSet<>();
        if (wanted.path("toolsListChanged").asBoolean(false)) {
            kinds.add(FeatureKind.TOOLS);
        }
        if (wanted.path("promptsListChanged").asBoolean(false) && Capability.PROMPTS.isOffered(features)) {
            kinds.add(FeatureKind.PROMPTS);
        }
        if (wanted.path("resourcesListChanged").asBoolean(false) && Capability.RESOURCES.isOffered(features)) {
            kinds.add(FeatureKind.RESOURCES);
        }
        return kinds;
    }

    private Set<String> resources(JsonNode wanted, Features features) {
        Set<String> uris = new LinkedHashSet<>();
        if (Capability.RESOURCES.isOffered(features)) {
            for (JsonNode uri : wanted.path("resourceSubscriptions")) {
                uri.stringValueOpt()
                        .filter(text -> uris.size() < MOST_RESOURCES && offered.mayRead(caller, text))
                        .ifPresent(uris::add);
            }
        }
        return uris;
    }

    /** Tells the client what it will hear of. Completes when it hears no more. */
    CompletionStage<Void> start() {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        ObjectNode honored = params.putObject("notifications");
        kinds.forEach(kind -> honored.put(nameOf(kind) + "ListChanged", true));
        if (!resources.isEmpty()) {
            ArrayNode uris = honored.putArray("resourceSubscriptions");
            resources.forEach(uris::add);
        }
        send("notifications/subscriptions/acknowledged", params);
        context.reply().cancellation().then(this::stop);
        return over;
    }

    private static String nameOf(FeatureKind kind) {
        return switch (kind) {
            case TOOLS -> "tools";
            case PROMPTS -> "prompts";
            case RESOURCES -> "resources";
        };
    }

    private void send(String method, ObjectNode params) {
        params.withObject("/_meta").set(META_ID, request.id());
        context.reply().send(method, params);
    }

    @Override
    public void changed(FeatureKind kind) {
        if (kinds.contains(kind)) {
            outdated.set(true);
            check();
        }
    }

    @Override
    public void updated(String uri) {
        if (resources.contains(uri)) {
            send(
                    "notifications/resources/updated",
                    JsonNodeFactory.instance.objectNode().put("uri", uri));
        }
    }

    @Override
    public void tick() {
        if (clock.instant().isAfter(end)) {
            stop();
        } else {
            check();
        }
    }

    @Override
    public void stop() {
        over.complete(null);
    }

    /** Looks the caller up again, which may wait for a store; one look at a time. */
    private void check() {
        if (!checking.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    compare();
                } catch (RuntimeException e) {
                    LOG.warn("A listening caller could not be looked up; its stream ends", e);
                    stop();
                } finally {
                    checking.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            checking.set(false);
        }
    }

    private void compare() {
        Optional<Caller> now =
                guard.recognizeAgain(context.facts(), context.host()).map(Identification.Identified::caller);
        if (now.isEmpty() || !now.get().profile().id().equals(caller.profile().id())) {
            stop();
            return;
        }
        boolean sameProfile =
                now.get().profile().version().equals(caller.profile().version());
        caller = now.get();
        if (!outdated.getAndSet(false) && sameProfile) {
            return;
        }
        for (FeatureKind kind : kinds) {
            List<?> list = list(kind, caller);
            if (!list.equals(shown.put(kind, list))) {
                send("notifications/" + nameOf(kind) + "/list_changed", JsonNodeFactory.instance.objectNode());
            }
        }
    }

    private List<?> list(FeatureKind kind, Caller who) {
        return switch (kind) {
            case TOOLS -> offered.tools(who);
            case PROMPTS -> offered.prompts(who);
            case RESOURCES -> offered.everyResource(who);
        };
    }
}
