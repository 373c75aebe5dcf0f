package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON of one form only: members in the order given, no spaces, printable ASCII. Everything else is escaped, so that
 * no value can end a line, reach a terminal as a control sequence or turn the direction of a text; half a surrogate pair
 * becomes U+FFFD, since it has no UTF-8.
 *
 * <p>Two of these are made for every call, so the bytes are written as they will stand in the file, without a text in between.
 */
final class CanonicalJson {

    static final int MAX_TEXT = 512;

    /** Most bytes that one character becomes: a backslash, a u and four digits. */
    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);

    /** The first second of the year 10000, which has a sign and five digits. */
    private static final long YEAR_10000 = 253_402_300_800L;

    private byte[] out = new byte[1024];
    private int size;
    private boolean first = true;

    /** The name of a member that every record has, as it stands in the record. */
    static final class Name {

        private final byte[] afterAnother;

        Name(String name) {
            this.afterAnother = (",\"" + name + "\":").getBytes(US_ASCII);
        }
    }

    /** Shortens a text to what a record holds. Doing it again changes nothing. */
    static String bounded(String text) {
        return text.length() <= MAX_TEXT + 3 ? text : text.substring(0, MAX_TEXT) + "...";
    }

    CanonicalJson open() {
        reserve(1);
        put('{');
        first = true;
        return this;
    }

    CanonicalJson open(Name name) {
        name(name);
        return open();
    }

    CanonicalJson close() {
        reserve(1);
        put('}');
        first = false;
        return this;
    }

    CanonicalJson text(Name name, @Nullable String value) {
        if (value != null) {
            name(name);
            quote(bounded(value));
        }
        return this;
    }

    /** Writes a member whose name comes from a request too. */
    CanonicalJson text(String name, @Nullable String value) {
        if (value != null) {
            reserve(1);
            if (!first) {
                put(',');
            }
            first = false;
            quote(bounded(name));
            reserve(1);
            put(':');
            quote(bounded(value));
        }
        return this;
    }

    CanonicalJson id(Name name, UUID id) {
        name(name);
        reserve(38);
        put('"');
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        hex(high, 60, 32);
        put('-');
        hex(high, 28, 16);
        put('-');
        hex(high, 12, 0);
        put('-');
        hex(low, 60, 48);
        put('-');
        hex(low, 44, 0);
        put('"');
        return this;
    }

    /** Writes a time as {@link Instant#toString()} does, in microseconds at most. */
    CanonicalJson time(Name name, Instant time) {
        long second = time.getEpochSecond();
        if (second < 0 || second >= YEAR_10000) {
            return text(name, time.truncatedTo(ChronoUnit.MICROS).toString());
        }
        name(name);
        reserve(29);
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        put('"');
        digits(local.getYear(), 4);
        put('-');
        digits(local.getMonthValue(), 2);
        put('-');
        digits(local.getDayOfMonth(), 2);
        put('T');
        digits(local.getHour(), 2);
        put(':');
        digits(local.getMinute(), 2);
        put(':');
        digits(local.getSecond(), 2);
        fraction(time.getNano() / 1000);
        put('Z');
        put('"');
        return this;
    }

    /** In groups of three digits, as many as are needed. */
    private void fraction(int micros) {
        if (micros == 0) {
            return;
        }
        put('.');
        if (micros % 1000 == 0) {
            digits(micros / 1000, 3);
        } else {
            digits(micros, 6);
        }
    }

    CanonicalJson number(Name name, long value) {
        name(name);
        if (value < 0) {
            ascii(Long.toString(value).getBytes(US_ASCII));
            return this;
        }
        reserve(19);
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        digits(value, count);
        return this;
    }

    CanonicalJson number(Name name, OptionalInt value) {
        return value.isPresent() ? number(name, value.getAsInt()) : this;
    }

    CanonicalJson number(Name name, OptionalLong value) {
        return value.isPresent() ? number(name, value.getAsLong()) : this;
    }

    CanonicalJson bool(Name name, boolean value) {
        name(name);
        ascii(value ? TRUE : FALSE);
        return this;
    }

    String result() {
        return new String(out, 0, size, ISO_8859_1);
    }

    byte[] bytes() {
        return Arrays.copyOf(out, size);
    }

    private void name(Name name) {
        byte[] text = name.afterAnother;
        int skipped = first ? 1 : 0;
        first = false;
        reserve(text.length);
        System.arraycopy(text, skipped, out, size, text.length - skipped);
        size += text.length - skipped;
    }

    private void quote(String text) {
        int plain = plain(text);
        reserve(plain + (text.length() - plain) * LONGEST_ESCAPE + 2);
        put('"');
        byte[] into = out;
        int from = size;
        for (int i = 0; i < plain; i++) {
            into[from + i] = (byte) text.charAt(i);
        }
        size = from + plain;
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (isPlain(c)) {
                put(c);
            } else {
                put('\\');
                put('u');
                hex(isHalf(text, i) ? '\uFFFD' : c, 12, 0);
            }
        }
        put('"');
    }

    /** How many characters stand for themselves before the first that does not, which is nearly always all. */
    private static int plain(String text) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            plain++;
        }
        return plain;
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    }

    private void ascii(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, out, size, text.length);
        size += text.length;
    }

    /** Four bits a digit, from the shift given to the last. */
    private void hex(long bits, int firstShift, int lastShift) {
        for (int shift = firstShift; shift >= lastShift; shift -= 4) {
            out[size++] = HEX[(int) (bits >>> shift) & 0xF];
        }
    }

    /** So many digits, leading zeros included. */
    private void digits(long value, int count) {
        long rest = value;
        for (int i = size + count - 1; i >= size; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
    }

    private void put(char c) {
        out[size++] = (byte) c;
    }

    private void reserve(int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
        }
    }

    /** Whether the surrogate here has no partner. */
    static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
