package io.mcpguard.core.feature;

import io.mcpguard.catalog.Product;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.tool.ToolShape;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a service publishes beside its operations, as it is now.
 *
 * <p>Says nothing about who may use it: that the guard decides. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Features {

    private final List<FeatureSource> sources;
    private final List<FeatureListener> listeners = new CopyOnWriteArrayList<>();
    private Predicate<String> reserved = name -> false;
    private volatile Published published;

    private Features(List<FeatureSource> sources) {
        this.sources = List.copyOf(sources);
        this.published = Published.of(this.sources);
    }

    /** All features at one time. */
    private record Published(
            Map<String, PublishedTool> tools,
            Map<String, PublishedPrompt> prompts,
            Map<String, PublishedResource> resources) {

        static Published of(List<FeatureSource> sources) {
            Published all = new Published(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
            List<String> problems = new ArrayList<>();
            for (FeatureSource source : sources) {
                for (ProductFeatures part : source.published()) {
                    part.features().forEach(feature -> all.add(part.product(), feature, problems));
                }
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException("The features of the service's own", problems);
            }
            return all;
        }

        private void add(Product product, Feature feature, List<String> problems) {
            try {
                boolean taken;
                if (feature instanceof ToolFeature tool) {
                    taken = tools.putIfAbsent(tool.name(), new PublishedTool(product, tool)) != null;
                } else if (feature instanceof PromptFeature prompt) {
                    taken = prompts.putIfAbsent(prompt.name(), PublishedPrompt.of(product, prompt)) != null;
                } else {
                    ResourceFeature resource = (ResourceFeature) feature;
                    boolean sameUri = resources.values().stream()
                            .anyMatch(known -> known.feature().uri().equals(resource.uri()));
                    taken = sameUri
                            || resources.putIfAbsent(resource.name(), PublishedResource.of(product, resource)) != null;
                }
                if (taken) {
                    problems.add(feature + " is there twice; give one of them another name");
                }
            } catch (IllegalArgumentException e) {
                problems.add(feature + " is unusable: " + e.getMessage());
            }
        }
    }

    /**
     * Collects and checks what is published.
     *
     * @param sources who publishes it
     * @return the features
     * @throws ConfigurationException naming each name that is used twice and each unusable schema
     */
    public static Features of(List<FeatureSource> sources) {
        return new Features(sources);
    }

    /**
     * Asks the sources again and tells listening clients which lists have changed.
     *
     * @throws ConfigurationException when what is published now contradicts itself; what was published before then stays
     */
    public void refresh() {
        Set<FeatureKind> changed = EnumSet.noneOf(FeatureKind.class);
        synchronized (this) {
            Published before = published;
            Published now = Published.of(sources);
            refuseReserved(now);
            if (!texts(before.tools()).equals(texts(now.tools()))) {
                changed.add(FeatureKind.TOOLS);
            }
            if (!prompts(before).equals(prompts(now))) {
                changed.add(FeatureKind.PROMPTS);
            }
            if (!resources(before).equals(resources(now))) {
                changed.add(FeatureKind.RESOURCES);
            }
            published = now;
        }
        changed.forEach(kind -> listeners.forEach(listener -> listener.changed(kind)));
    }

    /**
     * Keeps names of tools for the guard, from now on.
     *
     * @param names says which names a tool of the service's own must not have
     * @throws ConfigurationException when one has such a name already
     */
    public synchronized void reserve(Predicate<String> names) {
        reserved = names;
        refuseReserved(published);
    }

    private void refuseReserved(Published all) {
        List<String> taken = all.tools().keySet().stream()
                .filter(reserved)
                .map(name -> "tool " + name + " has the name of one of the guard's; give it another")
                .toList();
        if (!taken.isEmpty()) {
            throw new ConfigurationException("The features of the service's own", taken);
        }
    }

    private static List<String> texts(Map<String, PublishedTool> tools) {
        return tools.values().stream()
                .map(tool -> tool.definition().written(ToolShape.ANY_OUTPUT))
                .toList();
    }

    private static List<PromptFeature> prompts(Published all) {
        return all.prompts().values().stream().map(PublishedPrompt::feature).toList();
    }

    private static List<ResourceFeature> resources(Published all) {
        return all.resources().values().stream().map(PublishedResource::feature).toList();
    }

    /**
     * Tells clients that listen for it that a resource holds something else.
     *
     * @param uri its URI
     */
    public void updated(String uri) {
        listeners.forEach(listener -> listener.updated(uri));
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of changes from now on
     * @return takes the listener away again
     */
    public Runnable listen(FeatureListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Says whether there is anything at all.
     *
     * @return true when nothing is published
     */
    public boolean isEmpty() {
        Published now = published;
        return now.tools().isEmpty()
                && now.prompts().isEmpty()
                && now.resources().isEmpty();
    }

    /**
     * Finds a tool whoever asks.
     *
     * @param name its name as it came in
     * @return the tool, or empty when there is none
     */
    public Optional<PublishedTool> tool(String name) {
        return Optional.ofNullable(published.tools().get(name));
    }

    /**
     * Finds a prompt whoever asks.
     *
     * @param name its name as it came in
     * @return the prompt, or empty when there is none
     */
    public Optional<PublishedPrompt> prompt(String name) {
        return Optional.ofNullable(published.prompts().get(name));
    }

    /**
     * Finds the resource that a URI means whoever asks; one without variables comes first.
     *
     * @param uri a URI as it came in
     * @return the resource, or empty when there is none
     */
    public Optional<PublishedResource> resource(String uri) {
        return Stream.of(false, true)
                .flatMap(template -> published.resources().values().stream()
                        .filter(resource -> resource.feature().isTemplate() == template))
                .filter(resource -> resource.match(uri).isPresent())
                .findFirst();
    }

    /**
     * Finds a resource template by its text.
     *
     * @param template the text as it came in
     * @return the resource, or empty when there is none
     */
    public Optional<PublishedResource> template(String template) {
        return resources().stream()
                .filter(resource -> resource.feature().uri().equals(template))
                .findFirst();
    }

    /**
     * Lists the tools.
     *
     * @return the tools in the order of their names
     */
    public List<PublishedTool> tools() {
        return List.copyOf(published.tools().values());
    }

    /**
     * Lists the prompts.
     *
     * @return the prompts in the order of their names
     */
    public List<PublishedPrompt> prompts() {
        return List.copyOf(published.prompts().values());
    }

    /**
     * Lists the resources and templates.
     *
     * @return the resources in the order of their names
     */
    public List<PublishedResource> resources() {
        return List.copyOf(published.resources().values());
    }

    /**
     * Lists everything as the guard decides on it.
     *
     * @return tools, prompts and resources
     */
    public List<PublishedOperation> published() {
        return Stream.of(
                        tools().stream().map(PublishedTool::published),
                        prompts().stream().map(PublishedPrompt::published),
                        resources().stream().map(PublishedResource::published))
                .flatMap(kind -> kind)
                .toList();
    }

    /**
     * Lists the products that have features.
     *
     * @return the products, each once
     */
    public List<Product> products() {
        return published().stream().map(PublishedOperation::product).distinct().toList();
    }
}
