package io.mcpguard.core.profile;

import io.mcpguard.profile.Grant;
import io.mcpguard.profile.OperationNames;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code grants:}. What it may say besides the three that it must say only narrows what it opens. */
final class GrantEntry {

    private static final String WRITE_READ_ONLY = "write 'readOnly: true', or leave it out to open what 'methods' says";

    private GrantEntry() {}

    static Optional<Grant> read(Fields fields) {
        String product = fields.required("product", "write the id of a product", text -> text);
        for (String key : List.of("operations", "methods")) {
            if (!fields.has(key)) {
                fields.missing(key, key.equals("methods") ? Words.WRITE_METHOD : Words.WRITE_GLOB);
            }
        }
        Set<String> operations = fields.texts("operations", Words.WRITE_GLOB, Words.WRITE_GLOB, Words::glob);
        Set<String> methods = fields.texts("methods", Words.WRITE_METHOD, Words.WRITE_METHOD, Words::method);
        Set<String> tags = fields.texts("tags", Words.WRITE_TAGS, Words.WRITE_TAG, Words::tag);
        Boolean readOnly = fields.truth("readOnly", WRITE_READ_ONLY);
        fields.done();
        if (readOnly != null && !readOnly) {
            fields.wrong("readOnly", "'readOnly: false' would open nothing more; " + WRITE_READ_ONLY);
        }
        return product == null
                ? Optional.empty()
                : Optional.of(new Grant(
                        product,
                        OperationNames.of(operations),
                        methods,
                        Optional.of(tags).filter(given -> !given.isEmpty()),
                        Objects.requireNonNullElse(readOnly, false)));
    }
}
