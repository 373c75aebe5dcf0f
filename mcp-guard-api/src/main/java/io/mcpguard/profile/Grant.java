package io.mcpguard.profile;

import java.util.Set;

/**
 * Opens a part of one product to a profile. Nothing is open without a grant.
 *
 * @param product id of the product
 * @param operations ids of operations, or globs over ids in which {@code *} stands for any text; an empty set opens
 *     nothing
 * @param methods HTTP methods in upper case that are open; an empty set opens nothing
 * @since 0.1
 */
public record Grant(String product, Set<String> operations, Set<String> methods) {

    public Grant {
        if (product.isBlank()) {
            throw new IllegalArgumentException("a grant names its product");
        }
        operations = Set.copyOf(operations);
        methods = Set.copyOf(methods);
    }

    /**
     * Says whether the grant opens an operation.
     *
     * @param productId id of the operation's product
     * @param operationId id of the operation
     * @param method HTTP method of the operation, in upper case
     * @return true only when product, operation and method are all named
     */
    public boolean covers(String productId, String operationId, String method) {
        return product.equals(productId) && methods.contains(method) && opens(operationId);
    }

    private boolean opens(String operationId) {
        for (String glob : operations) {
            if (matches(glob, operationId)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String glob, String id) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return glob.equals(id);
        }
        String head = glob.substring(0, star);
        if (!id.startsWith(head)) {
            return false;
        }
        String rest = glob.substring(star + 1);
        if (rest.isEmpty()) {
            return true;
        }
        for (int from = head.length(); from <= id.length(); from++) {
            if (matches(rest, id.substring(from))) {
                return true;
            }
        }
        return false;
    }
}
