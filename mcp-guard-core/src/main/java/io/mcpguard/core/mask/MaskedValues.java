package io.mcpguard.core.mask;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.audit.ValueRule.Keep;
import io.mcpguard.core.catalog.DeclaredNames;
import io.mcpguard.core.credential.PastedCredentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The masked arguments of one call while they are collected. For one thread. */
final class MaskedValues {

    static final int MAX_VALUES = 64;
    static final int MAX_CHARS = 256;

    private static final int MAX_DEPTH = 16;

    private final ValueHash hash;
    private final List<ValueRule> rules;
    private final List<ValueRule> stricter;
    private final String operation;
    private final Map<String, String> kept = new LinkedHashMap<>();

    /** Where the value at hand is: names as they were given, and as they may be shown; null where that is still to be hashed. */
    private final List<String> path = new ArrayList<>();

    private final List<@Nullable String> shown = new ArrayList<>();
    private @Nullable Mac mac;
    private int cut;

    MaskedValues(ValueHash hash, List<ValueRule> rules, List<ValueRule> stricter, String operation) {
        this.hash = hash;
        this.rules = of(operation, rules);
        this.stricter = of(operation, stricter);
        this.operation = operation;
    }

    private static List<ValueRule> of(String operation, List<ValueRule> rules) {
        return rules.isEmpty()
                ? rules
                : rules.stream().filter(rule -> rule.isFor(operation)).toList();
    }

    Map<String, String> result() {
        if (cut > 0) {
            kept.put(ArgumentMask.CUT, Integer.toString(cut));
        }
        return kept;
    }

    /** The values of one parameter; a rule for it is for each of them. */
    void parameter(String place, String name, boolean declared, List<String> given) {
        step(place, true);
        step(name, declared);
        for (int i = 0; i < given.size(); i++) {
            String value = given.get(i);
            // On REST a boolean is text; it is kept like the boolean that a tool call has.
            boolean harmless = value.equals("true") || value.equals("false");
            if (given.size() == 1) {
                keep(value, harmless, path);
            } else {
                List<String> parameter = List.copyOf(path);
                step(Integer.toString(i), true);
                keep(value, harmless, covered(path) ? path : parameter);
                back();
            }
        }
        back();
        back();
    }

    void body(DeclaredNames declared, JsonNode body) {
        step("body", true);
        tree(declared, body);
        back();
    }

    void tree(DeclaredNames declared, JsonNode node) {
        if (path.size() > MAX_DEPTH || (isFull() && node.isContainer())) {
            cut++;
        } else if (node.isObject() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                step(child.getKey(), declared.has(child.getKey()));
                tree(declared.below(child.getKey()), child.getValue());
                back();
            }
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                step(Integer.toString(i), true);
                tree(declared.items(), node.get(i));
                back();
            }
        } else if (isFull()) {
            cut++;
        } else {
            keep(MaskText.of(node), !node.isString() && !node.isNumber(), path);
        }
    }

    private boolean isFull() {
        return kept.size() >= MAX_VALUES;
    }

    private void step(String name, boolean declared) {
        path.add(name);
        shown.add(declared ? name : null);
    }

    private void back() {
        path.remove(path.size() - 1);
        shown.remove(shown.size() - 1);
    }

    private boolean covered(List<String> tokens) {
        return first(rules, tokens).isPresent() || first(stricter, tokens).isPresent();
    }

    private void keep(String value, boolean harmless, List<String> ruled) {
        if (isFull()) {
            cut++;
            return;
        }
        Optional<ValueRule> rule = first(rules, ruled);
        Keep keep = rule.map(ValueRule::keep).orElse(harmless ? Keep.CLEAR : Keep.HMAC);
        for (ValueRule further : stricter) {
            keep = !ruled.isEmpty() && further.covers(ruled) ? keep.orStricter(further.keep()) : keep;
        }
        if (keep == Keep.DROP) {
            return;
        }
        String pointer = pointer();
        kept.put(
                pointer,
                switch (keep) {
                    case CLEAR -> shortened(PastedCredentials.removed(value));
                    case MASK -> lastFour(value);
                    default ->
                        rule.flatMap(ValueRule::correlate)
                                .map(group -> hashed("", group, value))
                                .orElseGet(() -> hashed(operation, pointer, value));
                });
    }

    private static Optional<ValueRule> first(List<ValueRule> rules, List<String> tokens) {
        for (ValueRule rule : rules) {
            if (!tokens.isEmpty() && rule.covers(tokens)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** Each undeclared name is hashed once, and only when a value below it is kept. */
    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            String name = shown.get(i);
            if (name == null) {
                name = hashed(operation, "#name", path.get(i));
                shown.set(i, name);
            }
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private String hashed(String ofOperation, String pointer, String value) {
        Mac begun = mac == null ? hash.begin() : mac;
        mac = begun;
        return hash.of(begun, ofOperation, pointer, value);
    }

    private static String shortened(String value) {
        return value.length() <= MAX_CHARS ? value : value.substring(0, MAX_CHARS) + "...";
    }

    private static String lastFour(String value) {
        return value.length() < 8 ? "****" : "****" + value.substring(value.length() - 4);
    }
}
