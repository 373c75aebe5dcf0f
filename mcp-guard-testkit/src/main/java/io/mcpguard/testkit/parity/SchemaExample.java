package io.mcpguard.testkit.parity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Finds a value that a JSON Schema takes: one that the schema names itself, else the smallest that fits its bounds. */
final class SchemaExample {

    private static final int DEEPEST = 32;

    private static final Map<String, String> FORMATS = Map.of(
            "date", "2025-01-01",
            "date-time", "2025-01-01T00:00:00Z",
            "time", "12:00:00Z",
            "duration", "PT1M",
            "uuid", "00000000-0000-4000-8000-000000000001",
            "email", "parity@example.com",
            "uri", "https://example.com/",
            "hostname", "example.com",
            "ipv4", "192.0.2.1");

    /** Texts that many a pattern takes: words, codes of countries and currencies, numbers, postal codes. */
    private static final List<String> TEXTS =
            List.of("a", "A", "1", "aa", "DE", "EUR", "abc", "12345", "example", "A1", "a-1", "1.0", "\"1\"");

    private final @Nullable Object root;

    private SchemaExample(@Nullable Object root) {
        this.root = root;
    }

    /** Says that there is none to be found, and where the schema asks too much. */
    static final class NoExample extends Exception {

        private static final long serialVersionUID = 1L;

        NoExample(String pointer, String why) {
            super((pointer.isEmpty() ? "" : pointer + ": ") + why);
        }
    }

    static @Nullable Object of(@Nullable Object schema) throws NoExample {
        return new SchemaExample(schema).make(schema, "", 0);
    }

    private @Nullable Object make(@Nullable Object schema, String pointer, int depth) throws NoExample {
        if (depth > DEEPEST) {
            throw new NoExample(pointer, "the schema requires values within values without end");
        }
        if (!(schema instanceof Map<?, ?> given) || given.isEmpty()) {
            throw new NoExample(pointer, "the schema says nothing about the value");
        }
        Tree tree = new Tree(given);
        for (String named : List.of("const", "examples", "default", "enum")) {
            boolean several = named.equals("examples") || named.equals("enum");
            if (several && !tree.at(named).items().isEmpty()) {
                return tree.at(named).items().get(0).value();
            }
            if (!several && tree.has(named)) {
                return tree.at(named).value();
            }
        }
        if (tree.has("$ref")) {
            return make(resolved(tree.at("$ref").text(), pointer), pointer, depth + 1);
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (!tree.at(choice).items().isEmpty()) {
                return firstPossible(tree, choice, pointer, depth);
            }
        }
        if (!tree.at("allOf").items().isEmpty()) {
            return make(merged(tree, pointer), pointer, depth + 1);
        }
        return ofType(tree, pointer, depth);
    }

    private @Nullable Object firstPossible(Tree schema, String choice, String pointer, int depth) throws NoExample {
        NoExample why = new NoExample(pointer, "no alternative can be made");
        for (Tree alternative : schema.at(choice).items()) {
            if (alternative.at("type").is("null")) {
                continue;
            }
            try {
                return make(merge(without(schema, choice), alternative, pointer), pointer, depth + 1);
            } catch (NoExample e) {
                why = e;
            }
        }
        throw why;
    }

    private @Nullable Object ofType(Tree schema, String pointer, int depth) throws NoExample {
        String type = schema.at("type").items().stream()
                .map(Tree::text)
                .filter(each -> !each.equals("null"))
                .findFirst()
                .orElse(schema.at("type").text());
        return switch (type) {
            case "string" -> text(schema, pointer);
            case "integer", "number" -> number(schema, type.equals("integer"), pointer);
            case "boolean" -> false;
            case "null" -> null;
            case "array" -> array(schema, pointer, depth);
            case "object" -> object(schema, pointer, depth);
            default -> {
                if (schema.has("properties")) {
                    yield object(schema, pointer, depth);
                }
                throw new NoExample(pointer, "the schema names no type");
            }
        };
    }

    private Map<String, @Nullable Object> object(Tree schema, String pointer, int depth) throws NoExample {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Tree name : schema.at("required").items()) {
            members.put(
                    name.text(),
                    make(schema.at("properties").at(name.text()).value(), pointer + "/" + name.text(), depth + 1));
        }
        return members;
    }

    private List<@Nullable Object> array(Tree schema, String pointer, int depth) throws NoExample {
        int least = schema.at("minItems").number();
        if (least > 1 && schema.at("uniqueItems").is(true)) {
            throw new NoExample(pointer, "the items must differ from each other");
        }
        List<@Nullable Object> items = new ArrayList<>();
        while (items.size() < least) {
            items.add(make(schema.at("items").value(), pointer + "/" + items.size(), depth + 1));
        }
        return items;
    }

    private static BigDecimal number(Tree schema, boolean whole, String pointer) throws NoExample {
        BigDecimal value = BigDecimal.ONE;
        if (schema.at("maximum").value() instanceof BigDecimal most) {
            value = value.min(whole ? most.setScale(0, RoundingMode.FLOOR) : most);
        }
        if (schema.at("exclusiveMaximum").value() instanceof BigDecimal above && value.compareTo(above) >= 0) {
            value = above.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
        }
        if (schema.at("minimum").value() instanceof BigDecimal least) {
            value = value.max(whole ? least.setScale(0, RoundingMode.CEILING) : least);
        }
        if (schema.at("exclusiveMinimum").value() instanceof BigDecimal below && value.compareTo(below) <= 0) {
            value = below.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
        }
        if (schema.at("multipleOf").value() instanceof BigDecimal step && step.signum() > 0) {
            value = value.divide(step, 0, RoundingMode.CEILING).multiply(step);
        }
        if (exceeds(value, schema)) {
            throw new NoExample(pointer, "no number fits the bounds");
        }
        return value;
    }

    private static boolean exceeds(BigDecimal value, Tree schema) {
        return (schema.at("maximum").value() instanceof BigDecimal most && value.compareTo(most) > 0)
                || (schema.at("exclusiveMaximum").value() instanceof BigDecimal above && value.compareTo(above) >= 0);
    }

    private static String text(Tree schema, String pointer) throws NoExample {
        String named = FORMATS.get(schema.at("format").text());
        List<String> candidates = new ArrayList<>();
        if (named != null) {
            candidates.add(named);
        }
        candidates.addAll(TEXTS);
        candidates.add("a"
                .repeat(Math.min(10_000, Math.max(1, schema.at("minLength").number()))));
        String pattern = schema.at("pattern").text();
        for (String candidate : candidates) {
            if (fits(candidate, schema, pattern)) {
                return candidate;
            }
        }
        throw new NoExample(pointer, "no text is known that matches " + (pattern.isEmpty() ? "its lengths" : pattern));
    }

    private static boolean fits(String candidate, Tree schema, String pattern) {
        boolean longEnough = candidate.length() >= schema.at("minLength").number();
        boolean shortEnough = !schema.has("maxLength")
                || candidate.length() <= schema.at("maxLength").number();
        try {
            return longEnough
                    && shortEnough
                    && (pattern.isEmpty()
                            || Pattern.compile(pattern).matcher(candidate).find());
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private @Nullable Object resolved(String reference, String pointer) throws NoExample {
        Tree place = new Tree(root);
        if (!reference.startsWith("#")) {
            throw new NoExample(pointer, "the reference " + reference + " leads elsewhere");
        }
        for (String step : reference.substring(1).split("/", -1)) {
            if (!step.isEmpty()) {
                place = place.at(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return place.value();
    }

    private Map<String, @Nullable Object> merged(Tree schema, String pointer) throws NoExample {
        Map<String, @Nullable Object> all = without(schema, "allOf");
        for (Tree part : schema.at("allOf").items()) {
            all = merge(all, part, pointer);
        }
        return all;
    }

    private Map<String, @Nullable Object> merge(Map<String, @Nullable Object> base, Tree more, String pointer)
            throws NoExample {
        Object part = more.has("$ref") ? resolved(more.at("$ref").text(), pointer) : more.value();
        Map<String, @Nullable Object> all = new LinkedHashMap<>(base);
        if (part instanceof Map<?, ?> members) {
            for (Map.Entry<?, ?> member : members.entrySet()) {
                String name = String.valueOf(member.getKey());
                Object known = all.get(name);
                if (known instanceof Map<?, ?> a && member.getValue() instanceof Map<?, ?> b) {
                    Map<Object, @Nullable Object> both = new LinkedHashMap<>(a);
                    both.putAll(b);
                    all.put(name, both);
                } else if (known instanceof List<?> a && member.getValue() instanceof List<?> b) {
                    List<@Nullable Object> both = new ArrayList<>(a);
                    both.addAll(b);
                    all.put(name, both);
                } else {
                    all.put(name, member.getValue());
                }
            }
        }
        return all;
    }

    private static Map<String, @Nullable Object> without(Tree schema, String name) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        if (schema.value() instanceof Map<?, ?> members) {
            members.forEach((key, value) -> rest.put(String.valueOf(key), value));
        }
        rest.remove(name);
        return rest;
    }
}
