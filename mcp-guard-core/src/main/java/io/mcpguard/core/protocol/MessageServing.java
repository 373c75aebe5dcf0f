package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Serves one message or, for the one revision that has them, an array of messages. */
final class MessageServing {

    private final Guard guard;
    private final Methods methods;
    private final FactsReader facts;
    private final Sessions sessions;
    private final OpenReplies open;
    private final int maxBatch;

    MessageServing(Guard guard, Methods methods, FactsReader facts, Sessions sessions, OpenReplies open, int maxBatch) {
        this.guard = guard;
        this.sessions = sessions;
        this.open = open;
        this.methods = methods;
        this.facts = facts;
        this.maxBatch = maxBatch;
    }

    CompletionStage<RpcAnswer> serve(JsonNode body, RequestHeaders headers, Context context) {
        return body.isArray() ? batch((ArrayNode) body, headers, context) : single(body, headers, context);
    }

    private CompletionStage<RpcAnswer> single(JsonNode body, RequestHeaders headers, Context context) {
        Message message = Message.of(body);
        if (message instanceof Message.Request request) {
            return request(request, headers, context);
        }
        if (message instanceof Message.Notification notification) {
            cancelled(notification, headers, context);
        }
        return CompletableFuture.completedStage(withoutAnswer(message, headers, context));
    }

    /** Only within a session: ids of requests are chosen by clients, and two clients of one caller choose the same. */
    private void cancelled(Message.Notification notification, RequestHeaders headers, Context context) {
        if (notification.method().equals("notifications/cancelled")
                && isLegacy(headers)
                && session(headers, context) instanceof Sessions.Session.Known known) {
            notification.param("requestId").ifPresent(id -> open.cancel(known.key(), id));
        }
    }

    private Sessions.@Nullable Session session(RequestHeaders headers, Context context) {
        List<String> names = headers.all(RequestHeaders.SESSION);
        if (names.isEmpty()) {
            return null;
        }
        return names.size() == 1 ? sessions.read(names.get(0), context.caller()) : new Sessions.Session.Gone();
    }

    private CompletionStage<RpcAnswer> request(Message.Request request, RequestHeaders headers, Context context) {
        Era era = Era.of(headers, request);
        if (era instanceof Era.Refuse refuse) {
            return CompletableFuture.completedStage(refused(request.id(), refuse.error(), context));
        }
        Revision revision = ((Era.Serve) era).revision();
        if (revision.modern() || request.method().equals("initialize")) {
            return served(request, revision, context);
        }
        Sessions.Session session = session(headers, context);
        if (session instanceof Sessions.Session.Gone) {
            return CompletableFuture.completedStage(refused(request.id(), RpcError.sessionGone(), context));
        }
        if (!(session instanceof Sessions.Session.Known known)) {
            return served(request, revision, context);
        }
        Revision agreed = headers.has(RequestHeaders.VERSION) ? revision : known.revision();
        return served(request, agreed, context.inSession(known));
    }

    private CompletionStage<RpcAnswer> served(Message.Request request, Revision revision, Context context) {
        Context known = context.servedAs(revision);
        CompletionStage<RpcAnswer> answer;
        try {
            answer = methods.serve(request, revision, known);
        } catch (RuntimeException | Error e) {
            // An Error too: a client left without an answer would only try again.
            answer = CompletableFuture.failedStage(e);
        }
        return answer.exceptionally(failure -> Unforeseen.answer(
                request.id(), 200, failure, () -> guard.refuse(known.facts(), known.caller(), Unforeseen.DENY)));
    }

    private RpcAnswer withoutAnswer(Message message, RequestHeaders headers, Context context) {
        if (message instanceof Message.Invalid invalid) {
            return refused(invalid.id(), RpcError.invalidRequest(invalid.detail()), context);
        }
        if (message instanceof Message.Reply && !isLegacy(headers)) {
            return refused(null, RpcError.invalidRequest("unexpected-response"), context);
        }
        if (message instanceof Message.Notification notification
                && !notification.method().startsWith("notifications/")) {
            // Nobody waits for an answer and nothing is done, but an attempt to call without one is worth a record.
            RpcError attempt = RpcError.invalidRequest("request-without-id");
            Refusal recorded = guard.refuse(context.facts(), context.caller(), attempt.deny());
            if (recorded.reason() != attempt.deny().reason()) {
                return RpcAnswer.refused(null, recorded);
            }
        }
        return RpcAnswer.accepted();
    }

    private static boolean isLegacy(RequestHeaders headers) {
        List<String> versions = headers.all(RequestHeaders.VERSION);
        return versions.isEmpty()
                || (versions.size() == 1 && Revision.legacyOf(versions.get(0)).isPresent());
    }

    /** One after the other, each decided, counted and recorded like a request of its own. */
    private CompletionStage<RpcAnswer> batch(ArrayNode messages, RequestHeaders headers, Context context) {
        if (!isBatch(messages, headers)) {
            return CompletableFuture.completedStage(
                    refused(null, RpcError.invalidRequest("batch-not-accepted"), context));
        }
        Sessions.Session session = session(headers, context);
        if (session instanceof Sessions.Session.Gone) {
            return CompletableFuture.completedStage(refused(null, RpcError.sessionGone(), context));
        }
        Context common = session instanceof Sessions.Session.Known known ? context.inSession(known) : context;
        CompletionStage<ArrayNode> answers = CompletableFuture.completedStage(JsonNodeFactory.instance.arrayNode());
        for (JsonNode message : messages) {
            answers = answers.thenCompose(before -> element(message, headers, common)
                    .thenApply(answer -> {
                        answer.bodyIfAny().ifPresent(before::add);
                        return before;
                    }));
        }
        return answers.thenApply(all -> all.isEmpty() ? RpcAnswer.accepted() : new RpcAnswer(200, all, List.of()));
    }

    private boolean isBatch(ArrayNode messages, RequestHeaders headers) {
        boolean versioned =
                !headers.has(RequestHeaders.VERSION) || headers.is(RequestHeaders.VERSION, Revision.V2025_03_26.text());
        boolean modern = messages.valueStream()
                .anyMatch(message -> message.path("params").path("_meta").has(Message.META_VERSION));
        return versioned && !modern && !messages.isEmpty() && messages.size() <= maxBatch;
    }

    private CompletionStage<RpcAnswer> element(JsonNode body, RequestHeaders headers, Context outer) {
        Context alone = outer.oneOfSeveral(facts.ofMessage(outer.facts(), body));
        Context context = alone.session().map(alone::inSession).orElse(alone);
        Message message = Message.of(body);
        if (!(message instanceof Message.Request request)) {
            return CompletableFuture.completedStage(withoutAnswer(message, headers, context));
        }
        if (request.method().equals("initialize")) {
            return CompletableFuture.completedStage(
                    refused(request.id(), RpcError.invalidRequest("initialize-in-a-batch"), context));
        }
        return served(request, Revision.V2025_03_26, context);
    }

    private RpcAnswer refused(@Nullable JsonNode id, RpcError error, Context context) {
        return RpcAnswer.error(id, error, guard.refuse(context.facts(), context.caller(), error.deny()));
    }
}
