package io.mcpguard.sdk;

import io.mcpguard.catalog.Product;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.CompletionHandler;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tools, prompts and resources written for the MCP Java SDK, as features of one product.
 *
 * <p>What the SDK lets a specification leave out gets a value here: a description is then the title or the name, an annotation
 * what MCP says it is when it is missing. The name of a resource, which the SDK does not restrict, becomes one that a grant can
 * hold: {@code Price list} becomes {@code Price-list}. Icons and {@code _meta} are not published.
 *
 * <p>What a handler throws is a failed call: the caller gets the guard's fixed sentence and the log the cause. This holds for
 * {@link io.modelcontextprotocol.spec.McpError} too, since its text often carries what a library threw; the one with the code
 * for a resource that is not there is answered as such. A failure that a model may correct is a result with {@code isError}.
 *
 * @since 0.1
 */
public final class SdkFeatures implements FeatureSource {

    private final List<ProductFeatures> published;

    private SdkFeatures(ProductFeatures features) {
        this.published = List.of(features);
    }

    /**
     * Starts a source that reads and writes JSON with the mapper which the SDK finds on the class path.
     *
     * @param product the product that all of it belongs to
     * @return a builder
     * @throws ConfigurationException when there is none; add {@code io.modelcontextprotocol.sdk:mcp-json-jackson3}
     */
    public static Builder builder(Product product) {
        return builder(product, SdkJson.standardMapper());
    }

    /**
     * Starts a source.
     *
     * @param product the product that all of it belongs to
     * @param mapper writes schemas, and structured content that is not made of plain Java values
     * @return a builder
     */
    public static Builder builder(Product product, McpJsonMapper mapper) {
        return new Builder(product, new SdkJson(mapper));
    }

    @Override
    public List<ProductFeatures> published() {
        return published;
    }

    /**
     * Collects specifications.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Product product;
        private final SdkJson json;
        private final List<Supplier<Feature>> features = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final Map<String, CompletionHandler> completions = new HashMap<>();
        private final Set<String> completed = new HashSet<>();

        private Builder(Product product, SdkJson json) {
            this.product = Objects.requireNonNull(product, "product");
            this.json = json;
        }

        /**
         * Adds tools that answer when they return.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder tools(List<SyncToolSpecification> specifications) {
            specifications.forEach(each -> add(
                    "tool " + each.tool().name(),
                    () -> Definitions.tool(product.id(), each.tool(), json).handledBy(Handlers.tool(each, json))));
            return this;
        }

        /**
         * Adds tools that answer later.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder asyncTools(List<AsyncToolSpecification> specifications) {
            specifications.forEach(each -> add(
                    "tool " + each.tool().name(),
                    () -> Definitions.tool(product.id(), each.tool(), json).handledBy(Handlers.tool(each, json))));
            return this;
        }

        /**
         * Adds prompts that answer when they return.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder prompts(List<SyncPromptSpecification> specifications) {
            specifications.forEach(each -> add(
                    "prompt " + each.prompt().name(),
                    () -> completing(
                                    Definitions.prompt(product.id(), each.prompt()),
                                    each.prompt().name())
                            .handledBy(Handlers.prompt(each))));
            return this;
        }

        /**
         * Adds prompts that answer later.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder asyncPrompts(List<AsyncPromptSpecification> specifications) {
            specifications.forEach(each -> add(
                    "prompt " + each.prompt().name(),
                    () -> completing(
                                    Definitions.prompt(product.id(), each.prompt()),
                                    each.prompt().name())
                            .handledBy(Handlers.prompt(each))));
            return this;
        }

        /**
         * Adds resources that answer when they return.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder resources(List<SyncResourceSpecification> specifications) {
            specifications.forEach(each -> add(
                    "resource " + each.resource().name(),
                    () -> completing(
                                    Definitions.resource(product.id(), each.resource()),
                                    each.resource().uri())
                            .handledBy(Handlers.resource(each))));
            return this;
        }

        /**
         * Adds resources that answer later.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder asyncResources(List<AsyncResourceSpecification> specifications) {
            specifications.forEach(each -> add(
                    "resource " + each.resource().name(),
                    () -> completing(
                                    Definitions.resource(product.id(), each.resource()),
                                    each.resource().uri())
                            .handledBy(Handlers.resource(each))));
            return this;
        }

        /**
         * Adds resource templates that answer when they return.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder templates(List<SyncResourceTemplateSpecification> specifications) {
            specifications.forEach(each -> add(
                    "resource template " + each.resourceTemplate().name(),
                    () -> completing(
                                    Definitions.template(product.id(), each.resourceTemplate()),
                                    each.resourceTemplate().uriTemplate())
                            .handledBy(Handlers.resource(each))));
            return this;
        }

        /**
         * Adds resource templates that answer later.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder asyncTemplates(List<AsyncResourceTemplateSpecification> specifications) {
            specifications.forEach(each -> add(
                    "resource template " + each.resourceTemplate().name(),
                    () -> completing(
                                    Definitions.template(product.id(), each.resourceTemplate()),
                                    each.resourceTemplate().uriTemplate())
                            .handledBy(Handlers.resource(each))));
            return this;
        }

        /**
         * Adds completions of arguments of the prompts and variables of the templates.
         *
         * @param specifications as given to the SDK's server
         * @return this builder
         */
        public Builder completions(List<SyncCompletionSpecification> specifications) {
            specifications.forEach(each -> completions.put(reference(each.referenceKey()), Handlers.completion(each)));
            return this;
        }

        /**
         * Makes the source.
         *
         * @return a source for the guard
         * @throws ConfigurationException naming everything that the guard cannot publish
         */
        public SdkFeatures build() {
            List<Feature> made = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            completed.clear();
            for (int i = 0; i < features.size(); i++) {
                try {
                    made.add(features.get(i).get());
                } catch (IllegalArgumentException e) {
                    problems.add(names.get(i) + ": " + e.getMessage());
                }
            }
            completions.keySet().stream()
                    .filter(reference -> !completed.contains(reference))
                    .sorted()
                    .forEach(reference -> problems.add("there is a completion for " + reference
                            + ", which is no prompt or resource of this source; add it, or leave the completion out"));
            if (!problems.isEmpty()) {
                throw new ConfigurationException("What is bridged from the MCP Java SDK", problems);
            }
            return new SdkFeatures(new ProductFeatures(product, made));
        }

        private void add(String name, Supplier<Feature> feature) {
            names.add(name);
            features.add(feature);
        }

        private PromptFeature.Builder completing(PromptFeature.Builder prompt, String name) {
            CompletionHandler handler = completion(name);
            return handler == null ? prompt : prompt.completion(handler);
        }

        private ResourceFeature.Builder completing(ResourceFeature.Builder resource, String uri) {
            CompletionHandler handler = completion(uri);
            return handler == null ? resource : resource.completion(handler);
        }

        private static String reference(McpSchema.CompleteReference reference) {
            if (reference instanceof McpSchema.PromptReference prompt) {
                return prompt.name();
            }
            return reference instanceof McpSchema.ResourceReference resource ? resource.uri() : reference.type();
        }

        /** A name of a prompt has no colon and a URI has one, so the two cannot be taken for each other. */
        private @Nullable CompletionHandler completion(String reference) {
            completed.add(reference);
            return completions.get(reference);
        }
    }
}
