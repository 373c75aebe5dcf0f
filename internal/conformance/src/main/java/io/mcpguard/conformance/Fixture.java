package io.mcpguard.conformance;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Product;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import java.util.ArrayList;
import java.util.List;

/** All features of the fixture. Two of its tools change the lists of tools and prompts, by one more or one less. */
final class Fixture implements FeatureSource {

    /** The one product that everything belongs to. */
    static final String PRODUCT = "fixture";

    private volatile boolean moreTools;
    private volatile boolean morePrompts;
    private volatile Runnable changed = () -> {};

    /** Sets whom to tell when the lists have changed. */
    void onChange(Runnable listener) {
        changed = listener;
    }

    @Override
    public List<ProductFeatures> published() {
        List<Feature> features = new ArrayList<>();
        features.addAll(ContentTools.all());
        features.addAll(RunningTools.all());
        features.addAll(InputTools.all());
        features.addAll(HandshakeTools.all());
        features.add(ContentTools.tool("test_trigger_tool_change", "Changes the list of tools.", call -> {
            moreTools = !moreTools;
            return change("tools");
        }));
        features.add(ContentTools.tool("test_trigger_prompt_change", "Changes the list of prompts.", call -> {
            morePrompts = !morePrompts;
            return change("prompts");
        }));
        features.addAll(Prompts.all());
        features.addAll(Resources.all());
        if (moreTools) {
            features.add(ContentTools.tool("test_dynamic_tool", "Comes and goes.", call -> ToolAnswer.text("here")));
        }
        if (morePrompts) {
            features.add(PromptFeature.builder(PRODUCT, "test_dynamic_prompt", "Comes and goes.")
                    .answering(call -> PromptAnswer.user(Content.text("here"))));
        }
        return List.of(new ProductFeatures(
                new Product(PRODUCT, "Fixture", "What the conformance suite asks for.", ""), features));
    }

    private ToolAnswer change(String list) {
        changed.run();
        return ToolAnswer.text("The list of " + list + " has changed");
    }
}
