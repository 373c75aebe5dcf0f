package io.mcpguard.core.profile;

import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.OperationNames;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads one entry of {@code deny:}. A key that it leaves out restricts it to nothing, so it must have at least one. */
final class DenyEntry {

    private static final List<String> CRITERIA = List.of("product", "operations", "methods", "tags", "readOnly");

    private DenyEntry() {}

    static Optional<DenyRule> read(Fields fields, Set<String> names) {
        Optional<String> name = Words.name(fields, names, "rule");
        String product = fields.optional("product", "write the id of a product", text -> text);
        Set<String> operations = fields.texts("operations", Words.WRITE_GLOB, Words.WRITE_GLOB, Words::glob);
        Set<String> methods = fields.texts("methods", Words.WRITE_METHOD, Words.WRITE_METHOD, Words::method);
        Set<String> tags = fields.texts("tags", Words.WRITE_TAGS, Words.WRITE_TAG, Words::tag);
        Boolean readOnly = fields.truth("readOnly", "write true for what only reads, false for everything else");
        Boolean trial = fields.truth("trial", Words.WRITE_TRIAL);
        boolean speaks = CRITERIA.stream().anyMatch(fields::has);
        fields.done();
        if (!speaks) {
            fields.missing(
                    "operations",
                    "write which operations the rule closes, by " + String.join(", ", CRITERIA)
                            + "; to close all of them, write 'state: suspended' in the profile");
        }
        boolean whole = name.isPresent()
                && (product != null
                        || readOnly != null
                        || Stream.of(operations, methods, tags).anyMatch(set -> !set.isEmpty()));
        return whole
                ? Optional.of(new DenyRule(
                        name.get(),
                        Optional.ofNullable(product),
                        given(operations).map(OperationNames::of),
                        given(methods),
                        given(tags),
                        Optional.ofNullable(readOnly),
                        Objects.requireNonNullElse(trial, false)))
                : Optional.empty();
    }

    private static Optional<Set<String>> given(Set<String> texts) {
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts);
    }
}
