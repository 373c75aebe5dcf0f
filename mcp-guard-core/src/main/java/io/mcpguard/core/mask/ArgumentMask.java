package io.mcpguard.core.mask;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.core.credential.KeyedHash;
import io.mcpguard.core.credential.ProcessKey;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Decides what the audit trail keeps of the arguments of a call.
 *
 * <p>Strings and numbers become a keyed hash, {@code hmac-sha256:<key id>:<16 bytes in base64url>}, that differs by
 * operation and argument; booleans and null stay as they are. {@link MaskRule}s change that for single arguments, the first
 * one that covers a value deciding. Headers that the operation does not declare are left out, and names that do not look
 * like names are hashed too. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class ArgumentMask {

    /** Takes the place of a pointer where values were left out; its value is how many. */
    public static final String CUT = "#cut";

    private static final Logger LOG = LoggerFactory.getLogger(ArgumentMask.class);

    private final KeyedHash key;
    private final List<MaskRule> rules;

    private ArgumentMask(NamedKey key, List<MaskRule> rules) {
        this.key = new KeyedHash(key);
        this.rules = List.copyOf(rules);
    }

    /**
     * Makes a mask with the current key for {@link Purpose#AUDIT_MASK}. Without one it draws a key that is forgotten when
     * the process ends, and says so in the log: values are still masked, but do not compare across restarts.
     *
     * @param keys where the key is
     * @param random draws the key when there is none
     * @param rules exceptions from masking everything, the first that covers a value decides
     * @return the mask
     */
    public static ArgumentMask of(KeySource keys, SecureRandom random, List<MaskRule> rules) {
        Optional<NamedKey> current = keys.current(Purpose.AUDIT_MASK);
        return new ArgumentMask(current.orElseGet(() -> forThisProcess(random)), rules);
    }

    private static NamedKey forThisProcess(SecureRandom random) {
        NamedKey key = ProcessKey.draw(random);
        LOG.warn(
                "No key for masking audit values is set up; using {} until this process ends. Masked values will not"
                        + " compare across restarts. Set up a key for the purpose {}.",
                key.id(),
                Purpose.AUDIT_MASK);
        return key;
    }

    /**
     * Masks the arguments of an operation.
     *
     * @param operation the operation
     * @param arguments what the caller passes
     * @return JSON Pointer to kept value, such as {@code /path/orderId}, {@code /query/status}, {@code /header/X-Trace},
     *     {@code /body/items/0/sku}; several values of one parameter are numbered from 0
     */
    public Map<String, String> mask(Operation operation, CallArguments arguments) {
        MaskedValues values = new MaskedValues(key, rules, operation.id().value());
        for (Location location : Location.values()) {
            String place = location.name().toLowerCase(Locale.ROOT);
            arguments.in(location).forEach((name, given) -> {
                Parameter declared = declared(operation, location, name);
                if (declared != null) {
                    values.parameter(place, declared.name(), given);
                } else if (location != Location.HEADER) {
                    values.parameter(place, values.name(name), given);
                }
            });
        }
        JsonNode body = arguments.body();
        if (body != null) {
            values.tree(List.of("body"), body);
        }
        return values.result();
    }

    /**
     * Masks the arguments of a tool that concerns no single operation, such as a listing.
     *
     * @param tool name of the tool, which takes the place of the operation's id
     * @param arguments the tool's arguments
     * @return JSON Pointer to kept value, from the root of the arguments
     */
    public Map<String, String> mask(String tool, JsonNode arguments) {
        MaskedValues values = new MaskedValues(key, rules, tool);
        values.tree(List.of(), arguments);
        return values.result();
    }

    /**
     * Computes what stands in the trail for a value that an investigator knows.
     *
     * @param operationId id of the operation, or name of the tool
     * @param pointer JSON Pointer of the argument
     * @param value the value; a number as its plain decimal text
     * @return the keyed hash
     */
    public String hash(String operationId, String pointer, String value) {
        Objects.requireNonNull(value, "value");
        return new MaskedValues(key, rules, operationId).hash(pointer, value);
    }

    private static @Nullable Parameter declared(Operation operation, Location location, String name) {
        for (Parameter parameter : operation.parameters(location)) {
            boolean same = location == Location.HEADER
                    ? parameter.name().equalsIgnoreCase(name)
                    : parameter.name().equals(name);
            if (same) {
                return parameter;
            }
        }
        return null;
    }
}
