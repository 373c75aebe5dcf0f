package io.mcpguard.apidoc;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A documentation comment as plain text: its description, and what its block tags say. */
final class CommentText {

    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(?=[a-zA-Z])");
    private static final Pattern PARAGRAPH =
            Pattern.compile("(?i)\\s*</?(p|br|li|ul|ol|div|pre|h[1-6]|dl|dt|dd)\\b[^>]*>\\s*");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");

    private static final Pattern PARAGRAPH_END = Pattern.compile("\u0003");
    private static final Pattern LINK = Pattern.compile("(?s)([^\\s(]+(?:\\([^)]*\\))?)(\\s.*)?");

    private static final Map<String, String> ENTITIES =
            Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&nbsp;", " ", "&#64;", "@", "&#123;", "{", "&#125;", "}");

    private final String description;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String returned = "";

    private CommentText(String comment) {
        String[] blocks = BLOCK_TAG.split(comment, -1);
        this.description = plain(blocks[0]);
        for (int i = 1; i < blocks.length; i++) {
            String[] words = blocks[i].strip().split("\\s+", 3);
            if (words[0].equals("param") && words.length == 3) {
                parameters.put(words[1], plain(words[2]));
            } else if (words[0].equals("return")) {
                returned = plain(blocks[i].strip().substring("return".length()));
            }
        }
    }

    static CommentText of(@Nullable String comment) {
        return new CommentText(comment == null ? "" : comment);
    }

    String description() {
        return description;
    }

    /** What is said of a parameter or of a component of a record. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    String returned() {
        return returned;
    }

    private static String plain(String text) {
        String flat = TAG.matcher(PARAGRAPH.matcher(inline(text)).replaceAll("\u0003"))
                .replaceAll("");
        for (Map.Entry<String, String> entity : ENTITIES.entrySet()) {
            flat = flat.replace(entity.getKey(), entity.getValue());
        }
        flat = flat.replace("&amp;", "&").replace('\u0001', '<').replace('\u0002', '&');
        StringBuilder lines = new StringBuilder();
        for (String paragraph : PARAGRAPH_END.split(flat, -1)) {
            String line = paragraph.replaceAll("\\s+", " ").strip();
            if (!line.isEmpty()) {
                lines.append(lines.length() == 0 ? "" : "\n").append(line);
            }
        }
        return lines.toString();
    }

    /** Takes inline tags for what they show; what stands in code keeps its signs. */
    private static String inline(String text) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (int start = text.indexOf("{@"); start >= 0; start = text.indexOf("{@", at)) {
            shown.append(text, at, start);
            int end = closing(text, start);
            shown.append(shownOf(text.substring(start + 2, end)));
            at = Math.min(text.length(), end + 1);
        }
        return shown.append(text.substring(at)).toString();
    }

    private static int closing(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String shownOf(String tag) {
        String[] parts = tag.strip().split("\\s+", 2);
        String content = parts.length == 1 ? "" : parts[1].strip();
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "code", "literal" -> content.replace('<', '\u0001').replace('&', '\u0002');
            case "link", "linkplain" -> label(content);
            case "summary" -> inline(content);
            case "return" -> "Returns " + inline(content) + ".";
            default -> "";
        };
    }

    /** What a link shows: its label, else the member's or the class's simple name. */
    private static String label(String reference) {
        Matcher parts = LINK.matcher(reference);
        if (!parts.matches()) {
            return reference;
        }
        String label = parts.group(2) == null ? "" : parts.group(2).strip();
        String target = parts.group(1);
        String member = target.substring(target.indexOf('#') + 1);
        return label.isEmpty() ? member.substring(member.lastIndexOf('.', signature(member)) + 1) : label;
    }

    private static int signature(String member) {
        int parenthesis = member.indexOf('(');
        return parenthesis < 0 ? member.length() : parenthesis;
    }
}
