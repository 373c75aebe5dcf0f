package io.mcpguard.core.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.core.credential.KeyedHash;
import io.mcpguard.core.mask.MaskRule.Keep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The masked arguments of one call while they are collected. For one thread. */
final class MaskedValues {

    static final int MAX_VALUES = 64;
    static final int MAX_CHARS = 256;

    private static final int MAX_DEPTH = 16;
    private static final int LONGEST_NAME = 64;

    private final KeyedHash key;
    private final List<MaskRule> rules;
    private final String operation;
    private final Map<String, String> kept = new LinkedHashMap<>();
    private @Nullable Mac mac;
    private int cut;

    MaskedValues(KeyedHash key, List<MaskRule> rules, String operation) {
        this.key = key;
        this.rules = rules;
        this.operation = operation;
    }

    Map<String, String> result() {
        if (cut > 0) {
            kept.put(ArgumentMask.CUT, Integer.toString(cut));
        }
        return kept;
    }

    void parameter(String place, String name, List<String> given) {
        for (int i = 0; i < given.size(); i++) {
            List<String> tokens = given.size() == 1 ? List.of(place, name) : List.of(place, name, Integer.toString(i));
            String value = given.get(i);
            // On REST a boolean is text; it is kept like the boolean that a tool call has.
            keep(tokens, value, value.equals("true") || value.equals("false"));
        }
    }

    void tree(List<String> tokens, JsonNode node) {
        if (tokens.size() > MAX_DEPTH || (kept.size() >= MAX_VALUES && node.isContainer())) {
            cut++;
        } else if (node.isObject() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                tree(with(tokens, name(child.getKey())), child.getValue());
            }
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                tree(with(tokens, Integer.toString(i)), node.get(i));
            }
        } else {
            keep(tokens, MaskText.of(node), !node.isString() && !node.isNumber());
        }
    }

    /** A name as it may stand in a pointer: keys of a map can be data, such as a customer's mail address. */
    String name(String name) {
        return looksLikeName(name) ? name : hash("#name", name);
    }

    /** A letter or one of {@code _$@}, then up to 63 of these, digits, or {@code .:-}. */
    private static boolean looksLikeName(String name) {
        boolean named = !name.isEmpty() && name.length() <= LONGEST_NAME && startsName(name.charAt(0));
        for (int i = 1; named && i < name.length(); i++) {
            char c = name.charAt(i);
            named = startsName(c) || (c >= '0' && c <= '9') || c == '.' || c == ':' || c == '-';
        }
        return named;
    }

    private static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '@';
    }

    String hash(String pointer, String value) {
        Mac begun = mac == null ? key.begin() : mac;
        mac = begun;
        begun.update((operation + '\0' + pointer + '\0').getBytes(UTF_8));
        byte[] hash = begun.doFinal(value.getBytes(UTF_8));
        return "hmac-sha256:" + key.keyId() + ':'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    }

    private void keep(List<String> tokens, String value, boolean harmless) {
        Keep keep = rule(tokens, harmless);
        if (keep == Keep.DROP) {
            return;
        }
        if (kept.size() >= MAX_VALUES) {
            cut++;
            return;
        }
        String pointer = pointer(tokens);
        kept.put(
                pointer,
                switch (keep) {
                    case CLEAR -> shortened(value);
                    case LAST_FOUR -> lastFour(value);
                    default -> hash(pointer, value);
                });
    }

    private Keep rule(List<String> tokens, boolean harmless) {
        for (MaskRule rule : rules) {
            if (!tokens.isEmpty() && rule.covers(operation, tokens)) {
                return rule.keep();
            }
        }
        return harmless ? Keep.CLEAR : Keep.HMAC;
    }

    private static String pointer(List<String> tokens) {
        StringBuilder pointer = new StringBuilder();
        for (String token : tokens) {
            pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String shortened(String value) {
        return value.length() <= MAX_CHARS ? value : value.substring(0, MAX_CHARS) + "...";
    }

    private static String lastFour(String value) {
        return value.length() < 8 ? "****" : "****" + value.substring(value.length() - 4);
    }

    private static List<String> with(List<String> tokens, String token) {
        List<String> longer = new ArrayList<>(tokens);
        longer.add(token);
        return longer;
    }
}
