package io.mcpguard.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of RFC 5424 messages with one element of structured data, written from the grammar of section 6.
 *
 * @param header PRI, version, time, host, app, process, message id
 * @param id name of the element
 * @param params its parameters, unescaped
 * @param message what follows, if anything does
 */
record SyslogReader(Matcher header, String id, Map<String, String> params, Optional<String> message) {

    private static final Pattern HEADER = Pattern.compile("<([1-9]?[0-9]|1[0-8][0-9]|19[01])>([1-9][0-9]{0,2}) "
            + "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,6})?Z) "
            + "([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) ");

    private static final Pattern ID = Pattern.compile("\\[([!#-<>-\\\\^-~]{1,32}@[0-9]+)");
    private static final Pattern NAME = Pattern.compile(" ([!#-<>-\\\\^-~]{1,32})=\"");

    static SyslogReader read(String text) {
        assertThat(UTF_8.newEncoder().canEncode(text)).isTrue();
        Matcher header = HEADER.matcher(text);
        assertThat(header.lookingAt()).as(text).isTrue();
        Matcher id = ID.matcher(text).region(header.end(), text.length());
        assertThat(id.lookingAt()).as(text).isTrue();
        Map<String, String> params = new LinkedHashMap<>();
        int at = id.end();
        while (text.charAt(at) != ']') {
            Matcher name = NAME.matcher(text).region(at, text.length());
            assertThat(name.lookingAt()).as("a parameter at %s of %s", at, text).isTrue();
            StringBuilder value = new StringBuilder();
            at = value(text, name.end(), value);
            assertThat(params.put(name.group(1), value.toString())).isNull();
        }
        String rest = text.substring(at + 1);
        assertThat(rest.isEmpty() || rest.startsWith(" ")).as(text).isTrue();
        return new SyslogReader(
                header, id.group(1), params, rest.isEmpty() ? Optional.empty() : Optional.of(rest.substring(1)));
    }

    /** Reads up to the closing quote; what has to be escaped and is not is a mistake. */
    private static int value(String text, int from, StringBuilder value) {
        for (int i = from; ; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == ']') {
                throw new AssertionError("] without an escape at " + i + " of " + text);
            }
            if (c == '\\') {
                c = text.charAt(++i);
                if (c != '"' && c != '\\' && c != ']') {
                    throw new AssertionError("an escape of " + c + " at " + i + " of " + text);
                }
            }
            value.append(c);
        }
    }
}
