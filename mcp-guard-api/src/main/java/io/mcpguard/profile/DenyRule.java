package io.mcpguard.profile;

import io.mcpguard.catalog.Operation;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Closes operations to a profile, whatever its grants say. What a rule closes is as if it did not exist.
 *
 * <p>A rule closes an operation when everything it says fits. What it does not speak of fits every operation.
 *
 * @param name names the rule in records; 1 to 64 letters, digits, '.', '-' or '_'
 * @param product id of the product, or empty for any
 * @param operations ids of operations or globs over ids, or empty for any
 * @param methods HTTP methods in upper case, or empty for any
 * @param tags tags, one of which an operation must carry, or empty for any operation
 * @param readOnly true for operations whose hints say that they change nothing, false for all others, or empty for both
 * @param trial whether the rule closes nothing yet, and the record of a call says that it would have
 * @since 0.1
 */
public record DenyRule(
        String name,
        Optional<String> product,
        Optional<OperationNames> operations,
        Optional<Set<String>> methods,
        Optional<Set<String>> tags,
        Optional<Boolean> readOnly,
        boolean trial) {

    public DenyRule {
        RuleName.check(name);
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(operations, "operations");
        methods = methods.map(Set::copyOf);
        tags = tags.map(Set::copyOf);
        Objects.requireNonNull(readOnly, "readOnly");
        if (product.isEmpty() && operations.isEmpty() && methods.isEmpty() && tags.isEmpty() && readOnly.isEmpty()) {
            throw new IllegalArgumentException("the rule " + name + " says of no operation that it is closed");
        }
        if (operations.filter(names -> names.texts().isEmpty()).isPresent()
                || methods.filter(Set::isEmpty).isPresent()
                || tags.filter(Set::isEmpty).isPresent()) {
            throw new IllegalArgumentException("the rule " + name + " has an empty list, which closes nothing");
        }
    }

    /**
     * Says whether the rule closes an operation.
     *
     * @param operation the operation
     * @return true when everything the rule says fits
     */
    public boolean closes(Operation operation) {
        return (product.isEmpty() || product.get().equals(operation.product()))
                && (operations.isEmpty()
                        || operations.get().includes(operation.id().value()))
                && (methods.isEmpty() || methods.get().contains(operation.method()))
                && (tags.isEmpty() || operation.carriesOneOf(tags.get()))
                && (readOnly.isEmpty() || readOnly.get() == operation.hints().readOnly());
    }
}
