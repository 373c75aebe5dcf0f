package io.mcpguard.core.mask;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.core.catalog.DeclaredArguments;
import io.mcpguard.core.catalog.DeclaredNames;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.credential.ProcessKey;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Decides what the audit trail keeps of the arguments of a call.
 *
 * <p>Strings and numbers become a {@linkplain ValueHash keyed hash} that differs by operation and argument; booleans and null
 * stay as they are. A name stands in clear where the operation declares it; any other is whatever a caller wrote, and is hashed.
 * Headers that the operation does not declare are left out. {@link ValueRule}s change what is kept of single values: of those of
 * the service the first that covers a value decides, and those of a profile make it stricter only. Safe for use by many threads
 * at once.
 *
 * @since 0.1
 */
public final class ArgumentMask {

    /** Takes the place of a pointer where values were left out; its value is how many. */
    public static final String CUT = "#cut";

    private static final Logger LOG = LoggerFactory.getLogger(ArgumentMask.class);

    private final ValueHash hash;
    private final ValuePolicy policy;

    private ArgumentMask(NamedKey key, ValuePolicy policy) {
        this.hash = new ValueHash(key, policy.tenant());
        this.policy = policy;
    }

    /**
     * Makes a mask with the current key for {@link Purpose#AUDIT_MASK}. Without one it draws a key that is forgotten when
     * the process ends, and says so in the log: values are still masked, but do not compare across restarts.
     *
     * @param keys where the key is
     * @param random draws the key when there is none
     * @param policy what the service keeps
     * @return the mask
     */
    public static ArgumentMask of(KeySource keys, SecureRandom random, ValuePolicy policy) {
        Optional<NamedKey> current = keys.current(Purpose.AUDIT_MASK);
        return new ArgumentMask(current.orElseGet(() -> forThisProcess(random)), policy);
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
     * Returns what the service keeps.
     *
     * @return the tenant and the rules of the service, without those of profiles
     */
    public ValuePolicy policy() {
        return policy;
    }

    /**
     * Computes what stands in the trail for one value.
     *
     * @param operationId id of the operation, or name of the feature
     * @param pointer JSON Pointer of the value
     * @param value the value; a number as its plain decimal text
     * @return the keyed hash, where no rule keeps something else
     */
    public String hash(String operationId, String pointer, String value) {
        return hash.of(operationId, pointer, value);
    }

    /**
     * Masks the arguments of an operation.
     *
     * @param operation the operation
     * @param arguments what the caller passes
     * @param ofProfile what the caller's profile keeps less of
     * @return JSON Pointer to kept value, such as {@code /path/orderId}, {@code /query/status}, {@code /header/X-Trace},
     *     {@code /body/items/0/sku}; several values of one parameter are numbered from 0
     */
    public Map<String, String> mask(PublishedOperation operation, CallArguments arguments, List<ValueRule> ofProfile) {
        MaskedValues values = new MaskedValues(hash, policy.rules(), ofProfile, operation.id());
        DeclaredArguments declared = operation.declared();
        for (Location location : Location.values()) {
            String place = location.name().toLowerCase(Locale.ROOT);
            arguments.in(location).forEach((name, given) -> {
                Optional<String> known = declared.parameter(location, name);
                if (known.isPresent() || location != Location.HEADER) {
                    values.parameter(place, known.orElse(name), known.isPresent(), given);
                }
            });
        }
        JsonNode body = arguments.body();
        if (body != null) {
            values.body(declared.body(), body);
        }
        return values.result();
    }

    /**
     * Masks the arguments of a feature of the service's own.
     *
     * @param feature id of the feature, which takes the place of the operation's
     * @param declared the names of the arguments it declares
     * @param arguments the arguments
     * @param ofProfile what the caller's profile keeps less of
     * @return JSON Pointer to kept value, from the root of the arguments
     */
    public Map<String, String> mask(
            String feature, DeclaredNames declared, JsonNode arguments, List<ValueRule> ofProfile) {
        MaskedValues values = new MaskedValues(hash, policy.rules(), ofProfile, feature);
        values.tree(declared, arguments);
        return values.result();
    }
}
