package io.mcpguard.core.catalog;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything a service publishes, in a deterministic order. Immutable.
 *
 * @since 0.1
 */
public final class Catalog {

    private final List<Product> products;
    private final Map<String, PublishedOperation> operations;
    private final Map<String, List<PublishedOperation>> byMethodAndLength;
    private final String digest;

    private Catalog(List<Product> products, Map<String, PublishedOperation> operations) {
        this.products = List.copyOf(products);
        this.operations = operations;
        this.byMethodAndLength = operations.values().stream()
                .sorted(Comparator.comparing(operation -> operation.template().specificity()))
                .collect(Collectors.groupingBy(operation -> keyOf(
                        operation.operation().method(), operation.template().length())));
        this.digest = digestOf(operations);
    }

    /**
     * Checks and indexes what a service publishes.
     *
     * @param published products with their operations; parts of one product may come from several sources
     * @return the catalog
     * @throws ConfigurationException naming every id that is used twice, every unusable schema, every header that a caller
     *     must not set and every pair of operations that one request could mean
     */
    public static Catalog of(List<ProductOperations> published) {
        List<String> problems = new ArrayList<>();
        Map<String, Product> products = new TreeMap<>();
        Map<String, PublishedOperation> operations = new TreeMap<>();
        for (ProductOperations part : published) {
            Product product = part.product();
            Product known = products.putIfAbsent(product.id(), product);
            if (known != null && !known.equals(product)) {
                problems.add(
                        "product " + product.id() + " is described twice, and differently; describe it in one place");
            }
            for (Operation operation : part.operations()) {
                add(product, operation, operations, problems);
            }
        }
        reportOverlaps(operations.values().stream().toList(), problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException("The published operations", problems);
        }
        return new Catalog(List.copyOf(products.values()), operations);
    }

    private static void add(
            Product product, Operation operation, Map<String, PublishedOperation> operations, List<String> problems) {
        for (Parameter parameter : operation.parameters(Parameter.Location.HEADER)) {
            if (ReservedHeaders.contains(parameter.name())) {
                problems.add("header " + parameter.name() + " of " + operation
                        + " must not be set by a caller; hide the parameter (@McpHidden)");
            }
        }
        try {
            PublishedOperation known =
                    operations.putIfAbsent(operation.id().value(), new PublishedOperation(product, operation));
            if (known != null) {
                problems.add("operation id " + operation.id() + " is used twice, by " + known.operation() + " and by "
                        + operation + "; give one of them another id");
            }
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private static void reportOverlaps(List<PublishedOperation> operations, List<String> problems) {
        Map<String, PublishedOperation> seen = new TreeMap<>();
        for (PublishedOperation operation : operations) {
            String shape = operation.operation().method() + " "
                    + operation.operation().path().replaceAll("\\{[^}]*}", "{}");
            PublishedOperation known = seen.putIfAbsent(shape, operation);
            if (known != null) {
                problems.add(known.operation() + " and " + operation.operation()
                        + " answer the same requests; publish one of them");
            }
        }
    }

    /**
     * Lists the products.
     *
     * @return the products in the order of their ids
     */
    public List<Product> products() {
        return products;
    }

    /**
     * Lists the operations.
     *
     * @return the operations in the order of their ids
     */
    public List<PublishedOperation> operations() {
        return List.copyOf(operations.values());
    }

    /**
     * Finds an operation whoever asks; for a caller use the guard's own look-up.
     *
     * @param operationId an id in any form, as it came in
     * @return the operation, or empty when there is none
     */
    public Optional<PublishedOperation> find(String operationId) {
        return Optional.ofNullable(operations.get(operationId));
    }

    /**
     * Finds the operation that a REST request means.
     *
     * @param method HTTP method in upper case; HEAD means the operation of GET, as it does to the service
     * @param rawPath percent-encoded path from the root of the host
     * @return the operation with the most specific template, or empty when none matches
     */
    public Optional<PublishedOperation> match(String method, String rawPath) {
        String served = method.equals("HEAD") ? "GET" : method;
        int length = 0;
        for (int slash = rawPath.indexOf('/'); slash >= 0; slash = rawPath.indexOf('/', slash + 1)) {
            length++;
        }
        for (PublishedOperation operation : byMethodAndLength.getOrDefault(keyOf(served, length), List.of())) {
            if (operation.template().match(rawPath).isPresent()) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns a digest over the definitions of all operations.
     *
     * @return 64 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    private static String keyOf(String method, int length) {
        return method + " " + length;
    }

    private static String digestOf(Map<String, PublishedOperation> operations) {
        String all =
                operations.values().stream().map(PublishedOperation::digest).collect(Collectors.joining());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
