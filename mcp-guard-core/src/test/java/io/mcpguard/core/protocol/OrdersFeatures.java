package io.mcpguard.core.protocol;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.answer.Content;
import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.InputRequired;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.LogLevel;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Features of the orders service's own, one for each way to answer. {@code key:writer} and {@code key:other} may use them all,
 * {@code key:reader} none.
 */
final class OrdersFeatures implements FeatureSource {

    static final String TEMPLATE = "orders://order/{id}";

    private static final Set<String> ALL = Set.of("GET", "POST", "TOOL", "PROMPT", "RESOURCE");
    private static final String ADDRESS = """
            {"type":"object","properties":{
             "region":{"type":"string","x-mcp-header":"Region"},
             "amount":{"type":"integer","x-mcp-header":"Amount"},
             "note":{"type":"string","maxLength":40}}}""";
    private static final Schema NAME_FORM =
            new Schema("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"]}");

    /** Names of what ran, in order. */
    final List<String> ran = new ArrayList<>();

    private final OrdersTools orders;
    private boolean unrecorded;

    private OrdersFeatures(OrdersTools orders) {
        this.orders = orders;
    }

    /** Publishes them at a server, and opens them to the writer. */
    static OrdersFeatures at(OrdersEndpoint server) {
        OrdersFeatures features = new OrdersFeatures(server.orders);
        server.features = List.of(features);
        server.orders.replace(open("writer"));
        server.orders.replace(open("other"));
        return features;
    }

    private static Profile open(String id) {
        return OrdersTools.profile(id, "1", Set.of("*"), ALL);
    }

    /** Whether anything ever ran that the trail did not know of before. */
    boolean everRanUnrecorded() {
        return unrecorded;
    }

    /** Takes note of a run of anything, the operations of the service included. */
    void runs(String name) {
        ran.add(name);
        long intents = orders.records.stream()
                .filter(event -> event.stage() == Stage.INTENT)
                .count();
        unrecorded |= ran.size() > intents;
    }

    @Override
    public List<ProductFeatures> published() {
        return List.of(new ProductFeatures(
                Published.ORDERS,
                List.of(
                        ToolFeature.builder("orders", "address", "Where an order goes.")
                                .inputSchema(new Schema(ADDRESS))
                                .answering(call -> {
                                    runs("address");
                                    return ToolAnswer.structured(call.arguments());
                                }),
                        ToolFeature.builder("orders", "cancel", "Cancels an order, once its name is confirmed.")
                                .inputSchema(new Schema("{\"type\":\"object\"}"))
                                .answering(this::cancel),
                        ToolFeature.builder("orders", "count", "Counts, and says so while it does.")
                                .answering(this::count),
                        PromptFeature.builder("orders", "greet", "Greets a customer.")
                                .argument(new PromptFeature.Argument("name", "Whom to greet", true))
                                .completion((argument, typed, chosen, caller) -> List.of(typed + "ce"))
                                .answering(call -> {
                                    runs("greet");
                                    return PromptAnswer.user(Content.text("Greet " + call.arguments()));
                                }),
                        ResourceFeature.builder("orders", "about", "orders://about", "What this is.")
                                .answering(call -> {
                                    runs("about");
                                    return ResourceAnswer.of(
                                            ResourceContent.text(call.uri(), "text/plain", "An orders service."));
                                }),
                        ResourceFeature.builder("orders", "order", TEMPLATE, "One order.")
                                .completion((argument, typed, chosen, caller) -> List.of(typed + "7"))
                                .answering(this::order))));
    }

    private ToolAnswer cancel(FeatureCall call) {
        runs("cancel");
        if (call.state().equals(Optional.of("asked")) && call.input("name").isPresent()) {
            return ToolAnswer.text("cancelled");
        }
        return new InputRequired(
                Map.of("name", new InputRequest.Form("Whose order?", NAME_FORM)), Optional.of("asked"));
    }

    private ToolAnswer count(FeatureCall call) {
        runs("count");
        for (int i = 0; i < 3; i++) {
            call.progress(i, OptionalDouble.of(3), "step");
            call.log(LogLevel.INFO, "count", i);
        }
        return ToolAnswer.text(call.clientCan(ClientCapability.SAMPLING) ? "three" : "3");
    }

    private ResourceAnswer order(FeatureCall call) {
        runs("order");
        return "0".equals(call.arguments().get("id"))
                ? new ResourceAnswer.Missing()
                : ResourceAnswer.of(ResourceContent.text(call.uri(), "text/plain", "Order " + call.arguments()));
    }
}
