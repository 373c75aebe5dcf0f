package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** Names whose journal a checkpoint is of, in the letters that the name of a signer may have in a signed note. */
final class Origin {

    private static final String START = "mcp-guard/";
    private static final int MAX_PART = 100;
    private static final Pattern WHOLE = Pattern.compile(START + "[A-Za-z0-9._~%-]{1,100}/[A-Za-z0-9._~%-]{1,100}");

    private Origin() {}

    static String of(String service, String node) {
        return START + part(service) + "/" + part(node);
    }

    static boolean isOne(String text) {
        return WHOLE.matcher(text).matches();
    }

    static boolean startsLike(String line) {
        return line.startsWith(START);
    }

    /** Everything but plain letters as in a URI; what is too long is cut. */
    private static String part(String name) {
        StringBuilder part = new StringBuilder();
        for (byte b : name.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._~-".indexOf(c) >= 0);
            String one = plain ? String.valueOf(c) : String.format("%%%02X", (int) c);
            if (part.length() + one.length() > MAX_PART) {
                break;
            }
            part.append(one);
        }
        return part.isEmpty() ? "-" : part.toString();
    }
}
