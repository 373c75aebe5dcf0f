package io.mcpguard.core.profile;

import io.mcpguard.core.profile.YamlNode.Entry;
import io.mcpguard.core.profile.YamlNode.Kind;
import io.mcpguard.core.profile.YamlNode.Mapping;
import io.mcpguard.core.profile.YamlNode.Mark;
import io.mcpguard.core.profile.YamlNode.Scalar;
import io.mcpguard.core.profile.YamlNode.Sequence;
import java.time.DateTimeException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one mapping, read one by one. What is missing, of the wrong type or not understood becomes a problem, and so
 * does every key that nobody asked for.
 */
final class Fields {

    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** Opens a mapping; anything else is a problem. */
    static Optional<Fields> of(YamlNode node, String what, Problems problems) {
        if (node instanceof Mapping mapping) {
            return Optional.of(new Fields(mapping, problems));
        }
        problems.add(node.start(), what + " must be a mapping of keys and values, not " + node.shape());
        return Optional.empty();
    }

    /** Reads a text and turns it into a value; a key that is not there, or a value with a problem, is null. */
    <T> @Nullable T optional(String key, String writeInstead, Function<String, T> parse) {
        YamlNode node = node(key);
        return node == null ? null : parsed(key, node, writeInstead, parse);
    }

    /** The same for a key that must be there. */
    <T> @Nullable T required(String key, String writeInstead, Function<String, T> parse) {
        YamlNode node = node(key);
        if (node == null) {
            missing(key, writeInstead);
            return null;
        }
        return parsed(key, node, writeInstead, parse);
    }

    private <T> @Nullable T parsed(String key, YamlNode node, String writeInstead, Function<String, T> parse) {
        String text = text(key, node, writeInstead);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.add(
                    node.start(),
                    Problems.quote(text) + " is not a valid " + Problems.quote(key) + "; " + writeInstead);
            return null;
        }
    }

    private @Nullable String text(String key, YamlNode node, String writeInstead) {
        if (node instanceof Scalar scalar
                && scalar.kind() == Kind.TEXT
                && !scalar.text().isBlank()) {
            return scalar.text();
        }
        boolean quotable = node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING && scalar.kind() != Kind.TEXT;
        String found = node instanceof Scalar scalar && scalar.kind() == Kind.TEXT ? "an empty text" : node.shape();
        problems.add(
                node.start(),
                Problems.quote(key) + " must be a text, not " + found + "; "
                        + (quotable ? "put it in quotation marks, or " : "") + writeInstead);
        return null;
    }

    /** Reads a whole number from 1; a key that is not there, or a value with a problem, is null. */
    @Nullable Integer count(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof Scalar scalar
                && scalar.kind() == Kind.INTEGER
                && scalar.text().matches("[0-9]{1,9}")
                && Integer.parseInt(scalar.text()) > 0) {
            return Integer.valueOf(scalar.text());
        }
        String found = node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING
                ? Problems.quote(scalar.text())
                : node.shape();
        problems.add(
                node.start(),
                Problems.quote(key) + " must be a whole number from 1 to 999999999, not " + found
                        + "; write it without quotation marks");
        return null;
    }

    /** Reads true or false; a key that is not there, or a value with a problem, is null. */
    @Nullable Boolean truth(String key, String writeInstead) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof Scalar scalar && scalar.kind() == Kind.TRUTH) {
            return scalar.text().equals("true");
        }
        problems.add(
                node.start(),
                Problems.quote(key) + " must be true or false, not " + node.shape() + "; " + writeInstead);
        return null;
    }

    /** Reads a list of texts. A list that stands there empty is a problem, since it could be taken for no restriction. */
    <T> Set<T> texts(String key, String whenEmpty, String writeInstead, Function<String, T> parse) {
        Set<T> values = new LinkedHashSet<>();
        for (YamlNode item : items(key, whenEmpty)) {
            T value = parsed(key, item, writeInstead, parse);
            if (value != null && !values.add(value)) {
                problems.add(
                        item.start(),
                        Problems.quote(String.valueOf(value)) + " stands in this list twice; take one out");
            }
        }
        return values;
    }

    /** Returns the entries of a whole part of the file, which may be there without any. */
    List<YamlNode> section(String key) {
        YamlNode node = node(key);
        boolean none = node == null
                || (node instanceof Scalar scalar && scalar.kind() == Kind.NOTHING)
                || (node instanceof Sequence list && list.items().isEmpty());
        return none ? List.of() : items(key, "write one entry a line, each starting with '- id: ...'");
    }

    /** Returns the items of a list, or nothing when the key is not there. */
    List<YamlNode> items(String key, String whenEmpty) {
        YamlNode node = node(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof Sequence list) {
            if (list.items().isEmpty()) {
                problems.add(node.start(), Problems.quote(key) + " is empty; " + whenEmpty);
            }
            return list.items();
        }
        problems.add(node.start(), Problems.quote(key) + " must be a list, not " + node.shape() + "; " + whenEmpty);
        return List.of();
    }

    /** Opens a mapping under a key. */
    Optional<Fields> fields(String key) {
        YamlNode node = node(key);
        return node == null ? Optional.empty() : of(node, Problems.quote(key), problems);
    }

    boolean has(String key) {
        known.add(key);
        return mapping.entries().containsKey(key);
    }

    void missing(String key, String writeInstead) {
        problems.add(mapping.start(), Problems.quote(key) + " is missing; " + writeInstead);
    }

    /** Reports a mistake at the value of a key, or at the mapping when the key is not there. */
    void wrong(String key, String text) {
        Entry entry = mapping.entries().get(key);
        problems.add(entry == null ? mapping.start() : entry.value().start(), text);
    }

    Mark start() {
        return mapping.start();
    }

    /** Reports every key that was not asked for. */
    void done() {
        for (var entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                problems.add(
                        entry.getValue().keyStart(),
                        "the key " + Problems.quote(entry.getKey()) + " is not known here; write "
                                + Spelling.closest(entry.getKey(), known)
                                        .map(Problems::quote)
                                        .orElseGet(() -> "one of " + String.join(", ", known)));
            }
        }
    }

    private @Nullable YamlNode node(String key) {
        known.add(key);
        Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }
}
