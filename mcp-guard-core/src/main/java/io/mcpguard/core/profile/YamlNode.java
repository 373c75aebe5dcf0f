package io.mcpguard.core.profile;

import java.util.List;
import java.util.Map;

/** A part of a YAML document and where it stands. */
sealed interface YamlNode {

    /** A place in the text: line and column from 1, offset in code points from 0. */
    record Mark(int line, int column, int offset) {}

    /** What a scalar is without any declaration. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        TRUTH,
        NOTHING
    }

    record Scalar(String text, Kind kind, Mark start, Mark end) implements YamlNode {}

    /** {@code flow} means written in brackets. */
    record Sequence(List<YamlNode> items, boolean flow, Mark start, Mark end) implements YamlNode {}

    record Mapping(Map<String, Entry> entries, boolean flow, Mark start, Mark end) implements YamlNode {}

    /** One key and its value. */
    record Entry(Mark keyStart, Mark keyEnd, YamlNode value) {}

    Mark start();

    Mark end();

    /** Names the shape for a message. */
    default String shape() {
        if (this instanceof Sequence) {
            return "a list";
        }
        if (this instanceof Mapping) {
            return "a mapping";
        }
        return switch (((Scalar) this).kind()) {
            case TEXT -> "a text";
            case INTEGER, DECIMAL -> "a number";
            case TRUTH -> "true or false";
            case NOTHING -> "nothing";
        };
    }

    /**
     * Where the content ends. The end that a parser reports for an indented list or mapping is where the next thing
     * starts, with blank lines and comments in between.
     */
    default Mark contentEnd() {
        if (this instanceof Sequence list && !list.flow() && !list.items().isEmpty()) {
            return list.items().get(list.items().size() - 1).contentEnd();
        }
        if (this instanceof Mapping mapping && !mapping.flow()) {
            Mark last = start();
            for (Entry entry : mapping.entries().values()) {
                Mark end = entry.value().contentEnd();
                last = end.offset() > last.offset() ? end : last;
            }
            return last;
        }
        return end();
    }
}
