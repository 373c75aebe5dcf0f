package io.mcpguard.schema;

import io.mcpguard.annotation.McpProduct;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Operations of annotated classes, sorted into products in an order that does not depend on how the classes were found.
 *
 * @since 0.1
 */
public final class AnnotatedProducts {

    /** What the classes of one product say about it. */
    private static final class Draft {
        private final List<Operation> operations = new ArrayList<>();
        private String name = "";
        private String description = "";

        /** What the comments of its classes say, for when none of them states a description. */
        private final Map<String, String> comments = new TreeMap<>();

        private String described() {
            return description.isEmpty()
                    ? comments.values().stream()
                            .filter(comment -> !comment.isEmpty())
                            .findFirst()
                            .orElse("")
                    : description;
        }
    }

    private final Map<String, Draft> drafts = new TreeMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    /** Starts without any. */
    public AnnotatedProducts() {}

    /**
     * Adds an operation.
     *
     * @param product annotation of its class
     * @param type that class
     * @param operation the operation
     * @param place the method's name, for the sentence about a mistake
     */
    public void add(McpProduct product, Class<?> type, Operation operation, String place) {
        if (!product.value().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            mistakes.add(place + " belongs to product '" + product.value()
                    + "'; a product id is 1 to 64 letters, digits, '.', '-' or '_' and starts with a letter or digit");
            return;
        }
        Draft draft = drafts.computeIfAbsent(product.value(), id -> new Draft());
        draft.name = agreed(draft.name, product.name(), "name", product.value());
        draft.description = agreed(draft.description, product.description(), "description", product.value());
        draft.comments.putIfAbsent(type.getName(), Descriptions.product(product, type));
        String earlier = places.putIfAbsent(operation.id().value(), place);
        if (earlier != null) {
            mistakes.add(place + " and " + earlier + " are both operation '" + operation.id()
                    + "'; give one of them another id with @McpOperation(id = \"...\")");
            return;
        }
        draft.operations.add(operation);
    }

    /**
     * Lists what contradicts itself.
     *
     * @return a sentence for each contradiction
     */
    public List<String> mistakes() {
        return mistakes.stream().distinct().toList();
    }

    /**
     * Returns what was added.
     *
     * @return products by id, their operations by path and method
     */
    public List<ProductOperations> published() {
        List<ProductOperations> published = new ArrayList<>();
        drafts.forEach((id, draft) -> {
            draft.operations.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
            Product product = new Product(
                    id, draft.name.isEmpty() ? id : draft.name, draft.described(), basePath(draft.operations));
            published.add(new ProductOperations(product, draft.operations));
        });
        return published;
    }

    private String agreed(String known, String stated, String what, String product) {
        if (!known.isEmpty() && !stated.isEmpty() && !known.equals(stated)) {
            mistakes.add("product '" + product + "' has two " + what + "s, '" + known + "' and '" + stated
                    + "'; state it on one of its classes only");
        }
        return known.isEmpty() ? stated : known;
    }

    /** The whole segments that all paths begin with, up to the first variable. */
    private static String basePath(List<Operation> operations) {
        String[] common = operations.get(0).path().split("/", -1);
        int length = common.length;
        for (Operation operation : operations) {
            String[] segments = operation.path().split("/", -1);
            int same = 0;
            while (same < Math.min(length, segments.length)
                    && segments[same].equals(common[same])
                    && !segments[same].startsWith("{")) {
                same++;
            }
            length = same;
        }
        String base = String.join("/", List.of(common).subList(0, length));
        return base.isEmpty() ? "/" : base;
    }
}
