package io.mcpguard.core.profile;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.OperationNames;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.TimeWindow;
import io.mcpguard.profile.ToolMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * The version of a profile: a digest of what it and its client say, whatever the order of sets and the layout of the file.
 * Records of the audit trail carry it.
 */
final class ProfileDigest {

    private static final int SHOWN_DIGITS = 16;

    private final StringBuilder canonical = new StringBuilder();

    private ProfileDigest() {}

    static String of(Profile profile) {
        ProfileDigest digest = new ProfileDigest();
        digest.put(profile.id().value())
                .put(profile.client().id().value())
                .put(profile.client().name())
                .put(profile.client().state().name())
                .put(profile.description())
                .put(profile.state().name())
                .put(profile.validFrom().map(Object::toString).orElse("-"))
                .put(profile.validUntil().map(Object::toString).orElse("-"))
                .put(profile.principalName().orElse("-"))
                .put(profile.tools().map(ToolMode::name).orElse("-"))
                .sorted(profile.roles())
                .sorted(profile.binding().principals())
                .sorted(profile.binding().roles())
                .sorted(profile.networks().stream().map(AddressRange::cidr).toList())
                .put(String.valueOf(profile.grants().size()));
        for (Grant grant : profile.grants()) {
            digest.put(grant.product())
                    .sorted(grant.operations().texts())
                    .sorted(grant.methods())
                    .sorted(grant.tags().orElse(Set.of()))
                    .put(String.valueOf(grant.readOnly()));
        }
        digest.put(profile.owner())
                .put(String.valueOf(profile.trial()))
                .put(String.valueOf(profile.denials().size()));
        for (DenyRule rule : profile.denials()) {
            digest.put(rule.name())
                    .put(rule.product().orElse(""))
                    .sorted(rule.operations().map(OperationNames::texts).orElse(Set.of()))
                    .sorted(rule.methods().orElse(Set.of()))
                    .sorted(rule.tags().orElse(Set.of()))
                    .put(rule.readOnly().map(String::valueOf).orElse("-"))
                    .put(String.valueOf(rule.trial()));
        }
        digest.put(String.valueOf(profile.times().size()));
        for (TimeWindow window : profile.times()) {
            digest.sorted(window.days().stream().map(Enum::name).toList())
                    .put(window.from().toString())
                    .put(window.to().toString())
                    .put(window.zone().getId());
        }
        for (Limit limit : profile.limits()) {
            digest.put(limit.toString());
        }
        for (ValueRule rule : profile.values()) {
            digest.put("value").put(rule.toString());
        }
        return sha256(digest.canonical.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, SHOWN_DIGITS);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The length in front keeps two fields from passing for one. */
    private ProfileDigest put(String field) {
        canonical.append(field.length()).append(':').append(field);
        return this;
    }

    private ProfileDigest sorted(Collection<String> fields) {
        put(String.valueOf(fields.size()));
        new TreeSet<>(fields).forEach(this::put);
        return this;
    }
}
