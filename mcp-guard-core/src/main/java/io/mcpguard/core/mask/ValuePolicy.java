package io.mcpguard.core.mask;

import io.mcpguard.audit.ValueRule;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a service keeps of the values that callers pass.
 *
 * @param tenant separates the hashes of tenants that share a key, so that a value of one never looks like the same value of
 *     another; empty where there is one
 * @param rules exceptions from hashing everything, the first that covers a value decides. Only these open a value: a profile
 *     can make them stricter
 * @since 0.1
 */
public record ValuePolicy(String tenant, List<ValueRule> rules) {

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{0,64}");

    /** Hashes every string and every number. */
    public static final ValuePolicy STANDARD = new ValuePolicy("", List.of());

    public ValuePolicy {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException(
                    "'" + tenant + "' is no name of a tenant; write up to 64 letters, digits, '.', '-' or '_'");
        }
        rules = List.copyOf(rules);
    }
}
