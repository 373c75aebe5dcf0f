package io.mcpguard.profile;

import io.mcpguard.catalog.Operation;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a part of one product to a profile. Nothing is open without a grant.
 *
 * <p>An operation is open when everything the grant says fits it: product, id and method, and tags and effects where the grant
 * speaks of them.
 *
 * @param product id of the product
 * @param operations ids of operations, or globs over ids; no names open nothing
 * @param methods HTTP methods in upper case that are open; an empty set opens nothing
 * @param tags tags, one of which an operation must carry; empty when the grant does not ask for any
 * @param readOnly whether only operations are open whose hints say that they change nothing
 * @since 0.1
 */
public record Grant(
        String product, OperationNames operations, Set<String> methods, Optional<Set<String>> tags, boolean readOnly) {

    /**
     * How an operation fits a grant: the first thing that does not.
     *
     * @since 0.1
     */
    public enum Fit {
        /** Everything fits: the operation is open. */
        OPEN,
        /** It belongs to another product. */
        OTHER_PRODUCT,
        /** Its id is not named. */
        OTHER_OPERATION,
        /** Its method is not named. */
        OTHER_METHOD,
        /** It carries none of the tags. */
        OTHER_TAG,
        /** It may change something. */
        NOT_READ_ONLY
    }

    public Grant {
        if (product.isBlank()) {
            throw new IllegalArgumentException("a grant names its product");
        }
        Objects.requireNonNull(operations, "operations");
        methods = Set.copyOf(methods);
        tags = tags.map(Set::copyOf);
        if (tags.filter(Set::isEmpty).isPresent()) {
            throw new IllegalArgumentException("a grant by tag names at least one tag");
        }
    }

    /**
     * A grant that asks for no tag and opens whatever the methods do.
     *
     * @param product id of the product
     * @param operations ids of operations, or globs over ids in which {@code *} stands for any text; an empty set opens
     *     nothing
     * @param methods HTTP methods in upper case that are open; an empty set opens nothing
     */
    public Grant(String product, Set<String> operations, Set<String> methods) {
        this(product, OperationNames.of(operations), methods, Optional.empty(), false);
    }

    /**
     * Says whether the grant opens an operation.
     *
     * @param operation the operation
     * @return true only when everything the grant says fits
     */
    public boolean covers(Operation operation) {
        return fit(operation) == Fit.OPEN;
    }

    /**
     * Says what keeps the grant from opening an operation.
     *
     * @param operation the operation
     * @return the first thing that does not fit, or {@link Fit#OPEN}
     */
    public Fit fit(Operation operation) {
        if (!product.equals(operation.product())) {
            return Fit.OTHER_PRODUCT;
        }
        if (!operations.includes(operation.id().value())) {
            return Fit.OTHER_OPERATION;
        }
        if (!methods.contains(operation.method())) {
            return Fit.OTHER_METHOD;
        }
        if (tags.isPresent() && !operation.carriesOneOf(tags.get())) {
            return Fit.OTHER_TAG;
        }
        return readOnly && !operation.hints().readOnly() ? Fit.NOT_READ_ONLY : Fit.OPEN;
    }
}
