package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.core.seal.PageCursors;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.OperationInvoker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The four tools: list collections, list and search endpoints, describe one, execute one.
 *
 * <p>However many operations a service publishes, these four are all that a client is told of at first. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
public final class Tools {

    private static final String DEFINITIONS = "tools.json";

    private final Guard guard;
    private final List<ToolDefinition> definitions;
    private final Map<String, Tool> tools;

    /**
     * Makes the tools.
     *
     * @param guard decides what the caller sees and may call
     * @param catalog what the service publishes; the one the guard decides on
     * @param invoker sends calls through the service's own stack
     * @param kept what the audit trail keeps of arguments
     * @param settings bounds of one call
     * @param afterwards runs what follows the service's answer: the outcome record, which may wait for a disk
     * @param seal protects the cursors of listings
     */
    public Tools(
            Guard guard,
            Catalog catalog,
            OperationInvoker invoker,
            KeptArguments kept,
            ToolSettings settings,
            Executor afterwards,
            Seal seal) {
        StrictJson json = new StrictJson(JsonLimits.DEFAULT);
        this.guard = guard;
        this.definitions = definitions(json);
        this.tools = Map.of(
                "list_collections", listing(new ListCollections(guard), Set.of(), json),
                "list_endpoints",
                        listing(
                                new ListEndpoints(guard, catalog, new PageCursors(seal)),
                                Set.of("collection_id", "query", "cursor"),
                                json),
                "endpoint_details", listing(new EndpointDetails(guard, settings), Set.of("endpoint_id"), json),
                "execute_endpoint", new ExecuteEndpoint(guard, catalog, invoker, kept, settings, afterwards, json));
    }

    /**
     * Lists the tools as they are announced.
     *
     * @return the definitions, always the same and in the same order
     */
    public List<ToolDefinition> definitions() {
        return definitions;
    }

    /**
     * Says whether a tool exists.
     *
     * @param name a name as it came in
     * @return true for the name of one of the tools, letter by letter
     */
    public boolean has(String name) {
        return tools.containsKey(name);
    }

    /**
     * Serves a call. Whatever is refused is on record before the answer is there; what reached the service has its outcome on
     * record.
     *
     * @param call a call of a tool that exists
     * @return a stage that completes with the answer; it fails only when something unforeseen went wrong
     */
    public CompletionStage<ToolResult> call(ToolCall call) {
        Tool tool = Optional.ofNullable(tools.get(call.tool()))
                .orElseThrow(() -> new IllegalArgumentException("no such tool; ask has(name) first"));
        return tool.call(call);
    }

    /** The arguments are read first, then the listing is counted and recorded, then it is made. */
    private Tool listing(Listing listing, Set<String> declared, StrictJson json) {
        return call -> {
            ToolArguments arguments = new ToolArguments(call.arguments(), declared, json);
            Listing.Answer answer = listing.answer(arguments, call.caller());
            return CompletableFuture.completedStage(answer(call, arguments.problems(), answer));
        };
    }

    private ToolResult answer(ToolCall call, List<SchemaProblem> problems, Listing.Answer answer) {
        if (!problems.isEmpty()) {
            Refusal refusal = guard.refuse(call.facts(), call.caller(), new Deny(Reason.ARGUMENTS_INVALID));
            return ToolResult.refused(withProblems(refusal, problems));
        }
        if (answer instanceof Listing.Answer.Refused refused) {
            return ToolResult.refused(guard.refuse(call.facts(), call.caller(), refused.deny()));
        }
        return guard.listed(call.facts(), call.caller())
                .map(ToolResult::refused)
                .orElseGet(() ->
                        ToolResult.of(((Listing.Answer.Found) answer).content().get()));
    }

    /** Says what is wrong with the arguments, unless the refusal has become one for another reason. */
    static Refusal withProblems(Refusal refusal, List<SchemaProblem> problems) {
        return refusal.reason() == Reason.ARGUMENTS_INVALID
                ? new Refusal(refusal.reason(), refusal.callId(), refusal.retryAfter(), refusal.limit(), problems)
                : refusal;
    }

    private static List<ToolDefinition> definitions(StrictJson json) {
        try (InputStream resource = Tools.class.getResourceAsStream(DEFINITIONS)) {
            if (resource == null) {
                throw new IllegalStateException("the jar is damaged: " + DEFINITIONS + " is missing");
            }
            if (!(json.read(resource.readAllBytes()) instanceof Document document)) {
                throw new IllegalStateException("the jar is damaged: " + DEFINITIONS + " is not JSON");
            }
            List<ToolDefinition> definitions = new ArrayList<>();
            for (JsonNode definition : document.root()) {
                definitions.add(new ToolDefinition(definition.path("name").stringValue(), (ObjectNode) definition));
            }
            return List.copyOf(definitions);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged: " + DEFINITIONS, e);
        }
    }
}
