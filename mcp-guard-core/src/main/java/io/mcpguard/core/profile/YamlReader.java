package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.profile.YamlNode.Entry;
import io.mcpguard.core.profile.YamlNode.Kind;
import io.mcpguard.core.profile.YamlNode.Mapping;
import io.mcpguard.core.profile.YamlNode.Mark;
import io.mcpguard.core.profile.YamlNode.Scalar;
import io.mcpguard.core.profile.YamlNode.Sequence;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads the plain part of YAML: mappings, lists and scalars. Anchors, aliases, tags, duplicate keys and a second document
 * are mistakes, because each is a way to make a file mean something else than it seems to say.
 */
final class YamlReader {

    private static final int MAX_DEPTH = 12;

    /** The parser's own message ends with where, quotes the file, and names the place more exactly than the exception. */
    private static final Pattern PLACE = Pattern.compile("line ([0-9]{1,9}), column ([0-9]{1,9})");

    private final String text;
    private final YAMLParser parser;
    private final Problems problems;
    private int cursorCodePoint;
    private int cursorChar;

    private YamlReader(String text, YAMLParser parser, Problems problems) {
        this.text = text;
        this.parser = parser;
        this.problems = problems;
    }

    /** Returns the document, or empty when it cannot be read on or holds nothing; then there is a problem. */
    static Optional<YamlNode> read(String text, Problems problems) {
        YAMLFactory factory = YAMLFactory.builder().build();
        try (YAMLParser parser =
                (YAMLParser) factory.createParser(ObjectReadContext.empty(), new WholeCharacters(text))) {
            return new YamlReader(text, parser, problems).document();
        } catch (JacksonException e) {
            addSyntaxError(e, problems);
            return Optional.empty();
        } catch (TooDeep e) {
            problems.add(e.at, "is nested more than " + MAX_DEPTH + " levels deep");
            return Optional.empty();
        } catch (IndexOutOfBoundsException | IllegalStateException e) {
            // Not declared by the parser, and a mistake of its own; the file is refused all the same.
            problems.add(1, 1, "the YAML cannot be read (" + e.getClass().getSimpleName() + "); write it more simply");
            return Optional.empty();
        }
    }

    private Optional<YamlNode> document() {
        if (parser.nextToken() == null) {
            problems.add(
                    1, 1, "the file is empty; write 'version: 1' and at least one profile, or run: mcp-guard init");
            return Optional.empty();
        }
        YamlNode root = node(1);
        if (parser.nextToken() != null) {
            problems.add(start(), "a second document starts here; keep everything in one");
        }
        return Optional.of(root);
    }

    private YamlNode node(int depth) {
        JsonToken token = parser.currentToken();
        Mark start = start();
        if (depth > MAX_DEPTH) {
            throw new TooDeep(start);
        }
        refuseTricks(start);
        return switch (token) {
            case START_OBJECT -> mapping(start, depth);
            case START_ARRAY -> sequence(start, depth);
            default -> scalar(token, start);
        };
    }

    private Mapping mapping(Mark start, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Mark keyStart = start();
            Mark keyEnd = end();
            refuseTricks(keyStart);
            parser.nextToken();
            Entry entry = new Entry(keyStart, keyEnd, node(depth + 1));
            Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                problems.add(
                        keyStart,
                        "the key " + Problems.quote(key) + " stands here a second time, first in line "
                                + first.keyStart().line() + "; keep one of them");
            }
        }
        return new Mapping(entries, closedByBracket(), start, end());
    }

    private Sequence sequence(Mark start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new Sequence(items, closedByBracket(), start, end());
    }

    /** A bracket has a length; the end of an indented block has none. */
    private boolean closedByBracket() {
        return end().offset() > start().offset();
    }

    private Scalar scalar(JsonToken token, Mark start) {
        String value = parser.getString();
        if (ApiKey.isIn(value)) {
            problems.add(
                    start,
                    "an API key stands here in the clear; take it out, run: mcp-guard key revoke, and issue a new one");
        }
        Kind kind = switch (token) {
            case VALUE_NUMBER_INT -> Kind.INTEGER;
            case VALUE_NUMBER_FLOAT -> Kind.DECIMAL;
            case VALUE_TRUE, VALUE_FALSE -> Kind.TRUTH;
            case VALUE_NULL -> Kind.NOTHING;
            // Some versions of the parser tell of a value that is left out as of a text without characters.
            default -> start.offset() == end().offset() ? Kind.NOTHING : Kind.TEXT;
        };
        return new Scalar(kind == Kind.NOTHING ? "" : value, kind, start, end());
    }

    /** The parser does not tell of every anchor; a plain scalar never starts with these characters. */
    private void refuseTricks(Mark at) {
        char first = charAt(at.offset());
        if (parser.isCurrentAlias() || first == '*') {
            problems.add(at, "an alias (*) is not allowed; write the value itself");
        }
        if (parser.getObjectId() != null || first == '&') {
            problems.add(at, "an anchor (&) is not allowed; take it out");
        }
        if (parser.getTypeId() != null || first == '!') {
            problems.add(at, "a type tag (!) is not allowed; take it out");
        }
    }

    /** Marks count code points. Since nodes come in the order of the text, one pass over it is enough. */
    private char charAt(int codePoint) {
        cursorChar = text.offsetByCodePoints(cursorChar, codePoint - cursorCodePoint);
        cursorCodePoint = codePoint;
        return cursorChar < text.length() ? text.charAt(cursorChar) : ' ';
    }

    private Mark start() {
        return mark(parser.currentTokenLocation());
    }

    private Mark end() {
        return mark(parser.currentLocation());
    }

    private static Mark mark(TokenStreamLocation location) {
        return new Mark(location.getLineNr(), location.getColumnNr(), (int) location.getCharOffset());
    }

    private static void addSyntaxError(JacksonException e, Problems problems) {
        String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
        int column = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getColumnNr());
        Matcher place = PLACE.matcher(message);
        while (place.find()) {
            line = Integer.parseInt(place.group(1));
            column = Integer.parseInt(place.group(2));
        }
        String reason = message.lines()
                .filter(text -> !text.isBlank() && !text.startsWith(" ") && !text.startsWith("while "))
                .findFirst()
                .orElse("it does not follow the rules of YAML");
        problems.add(
                line,
                column,
                "the YAML cannot be read from here on (" + Problems.shown(reason)
                        + "); check indentation, quotes and brackets");
    }

    /** Ends the reading; never leaves this class. */
    private static final class TooDeep extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Mark at;

        TooDeep(Mark at) {
            super(null, null, false, false);
            this.at = at;
        }
    }
}
