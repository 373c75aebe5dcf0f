package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.profile.YamlNode.Entry;
import io.mcpguard.core.profile.YamlNode.Mapping;
import io.mcpguard.core.profile.YamlNode.Scalar;
import io.mcpguard.core.profile.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Changes records of keys in the text of a file and nothing else: values where they stand, new lines beside them. Whoever
 * uses it reads the result again and compares, since a text can be laid out in ways this does not foresee.
 */
final class CredentialPatch {

    private record Edit(int from, int to, String replacement) {}

    private final String text;
    private final Mapping root;
    private final String newline;
    private final List<Edit> edits = new ArrayList<>();

    CredentialPatch(String text, Mapping root) {
        this.text = text;
        this.root = root;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** Changes state, end and successor of a record. */
    void change(ApiKeyRecord before, ApiKeyRecord after) {
        Mapping record = find(before.id());
        Entry state = Objects.requireNonNull(record.entries().get("state"));
        String added = "";
        if (before.state() != after.state()) {
            replace(state.value(), after.state().toString());
        }
        if (!before.expires().equals(after.expires())) {
            String value = after.expires().orElseThrow().toString();
            Entry expires = record.entries().get("expires");
            if (expires == null) {
                added += line(record, "expires: " + value);
            } else {
                replace(expires.value(), value);
            }
        }
        if (!before.supersededBy().equals(after.supersededBy())) {
            added += line(record, "supersededBy: " + quoted(after.supersededBy().orElseThrow()));
        }
        if (!added.isEmpty()) {
            int end = index(state.value().end().offset());
            int at = record.flow() ? end : endOfLine(end);
            edits.add(new Edit(at, at, added));
        }
    }

    /** Adds a record behind the others. */
    void add(ApiKeyRecord record) {
        Entry section = root.entries().get("credentials");
        if (section == null) {
            String gap = text.isEmpty() || text.endsWith("\n") ? "" : newline;
            insert(text.length(), gap + newline + "credentials:" + newline + block(record, "  - ", "    "));
        } else if (section.value() instanceof Sequence list && !list.items().isEmpty()) {
            addBehind(list, record);
        } else {
            edits.add(new Edit(
                    index(section.value().start().offset()),
                    index(section.value().end().offset()),
                    ""));
            insert(endOfLine(index(section.value().end().offset())), newline + cut(block(record, "  - ", "    ")));
        }
    }

    private void addBehind(Sequence list, ApiKeyRecord record) {
        YamlNode last = list.items().get(list.items().size() - 1);
        int end = index(last.contentEnd().offset());
        if (list.flow()) {
            insert(end, ", {" + flow(record) + "}");
            return;
        }
        int start = index(last.start().offset());
        String prefix = text.substring(startOfLine(start), start);
        String added = block(record, prefix, " ".repeat(prefix.length()));
        if (end > 0 && text.charAt(end - 1) == '\n') {
            insert(end, added);
        } else {
            insert(endOfLine(end), newline + cut(added));
        }
    }

    /** From the back to the front; what was asked for first at one place ends up first. */
    String result() {
        List<Edit> backwards = new ArrayList<>(edits);
        Collections.reverse(backwards);
        backwards.sort(Comparator.comparingInt(Edit::from).reversed());
        StringBuilder result = new StringBuilder(text);
        backwards.forEach(edit -> result.replace(edit.from(), edit.to(), edit.replacement()));
        return result.toString();
    }

    private Mapping find(String id) {
        Entry section = Objects.requireNonNull(root.entries().get("credentials"));
        return ((Sequence) section.value())
                .items().stream()
                        .filter(Mapping.class::isInstance)
                        .map(Mapping.class::cast)
                        .filter(item -> Optional.ofNullable(item.entries().get("id"))
                                .map(Entry::value)
                                .filter(value -> value instanceof Scalar scalar
                                        && scalar.text().equals(id))
                                .isPresent())
                        .findFirst()
                        .orElseThrow();
    }

    private void replace(YamlNode value, String replacement) {
        edits.add(new Edit(index(value.start().offset()), index(value.end().offset()), replacement));
    }

    private void insert(int at, String added) {
        edits.add(new Edit(at, at, added));
    }

    private String line(Mapping record, String entry) {
        return record.flow()
                ? ", " + entry
                : newline + " ".repeat(record.start().column() - 1) + entry;
    }

    private String block(ApiKeyRecord record, String first, String others) {
        return entries(record).entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + newline)
                .collect(Collectors.joining(others, first, ""));
    }

    private static String flow(ApiKeyRecord record) {
        return entries(record).entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> entries(ApiKeyRecord record) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("id", quoted(record.id()));
        entries.put("profile", quoted(record.profile().value()));
        entries.put("hash", record.hash().text());
        if (record.kind() == ApiKey.Kind.TEST) {
            entries.put("kind", record.kind().toString());
        }
        entries.put("created", record.created().toString());
        record.notBefore().ifPresent(from -> entries.put("notBefore", from.toString()));
        record.expires().ifPresent(until -> entries.put("expires", until.toString()));
        entries.put("state", record.state().toString());
        record.supersededBy().ifPresent(successor -> entries.put("supersededBy", quoted(successor)));
        if (!record.comment().isEmpty()) {
            entries.put("comment", quoted(record.comment()));
        }
        return entries;
    }

    /** In double quotes, since 12345678 and 1e345678 are ids and would be read as numbers. */
    private static String quoted(String value) {
        StringBuilder safe = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                safe.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.append('"').toString();
    }

    private String cut(String lines) {
        return lines.substring(0, lines.length() - newline.length());
    }

    /** Marks count code points, texts count chars. */
    private int index(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }

    private int startOfLine(int index) {
        return text.lastIndexOf('\n', index - 1) + 1;
    }

    private int endOfLine(int index) {
        int end = text.indexOf('\n', index);
        if (end < 0) {
            return text.length();
        }
        return end > index && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }
}
