package io.mcpguard.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A product of {@link Operations}, listed in code.
 *
 * @since 0.1
 */
public final class ListedProduct {

    private final Operations list;
    private final String id;
    private final String name;
    private final String description;
    private final List<ListedOperation> operations = new ArrayList<>();

    ListedProduct(Operations list, String id, String name, String description) {
        this.list = list;
        this.id = Objects.requireNonNull(id, "id");
        this.name = Objects.requireNonNull(name, "name");
        this.description = Objects.requireNonNull(description, "description");
    }

    /**
     * Adds an operation.
     *
     * @param operationId its id, unique in the service
     * @param method GET, POST, PUT, PATCH or DELETE
     * @param path path template from the root of the host, context path included: {@code /api/orders/{orderId}}
     * @return the operation, to be described
     */
    public ListedOperation operation(String operationId, String method, String path) {
        ListedOperation part = new ListedOperation(this, operationId, method, path);
        operations.add(part);
        return part;
    }

    /** Starts the next product of the same list. */
    ListedProduct next(String productId, String productName, String text) {
        return list.start(productId, productName, text);
    }

    OperationSource build() {
        return list.finish();
    }

    String id() {
        return id;
    }

    Optional<ProductOperations> finish(List<String> mistakes, Map<String, String> operationIds) {
        if (operations.isEmpty()) {
            mistakes.add("product " + id + " has no operations; add one with operation(...) or take it away");
        }
        List<Operation> made = new ArrayList<>();
        for (ListedOperation part : operations) {
            String known = operationIds.putIfAbsent(part.id(), part.name());
            if (known != null) {
                mistakes.add("operation id " + part.id() + " is used twice, by " + known + " and by " + part.name()
                        + "; give one of them another id");
            }
            part.finish(mistakes).ifPresent(made::add);
        }
        try {
            Product product = new Product(id, name, description, CommonPath.of(made));
            return Optional.of(new ProductOperations(product, made));
        } catch (IllegalArgumentException e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
