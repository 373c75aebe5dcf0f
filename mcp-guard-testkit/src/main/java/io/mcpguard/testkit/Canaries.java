package io.mcpguard.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Values that are planted in every place of a request, and looked for in everything that comes out: records, logs, metrics,
 * traces, answers. Whatever holds one of them says more than it should.
 *
 * <p>A value is found in clear, in any case of its letters, and in base64 at each of the three alignments, URL-encoded, in
 * hexadecimal, and escaped as in JSON. For one thread.
 *
 * @since 0.1
 */
public final class Canaries {

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";
    private static final int LENGTH = 16;

    private final RandomGenerator random;
    private final Map<String, String> planted = new LinkedHashMap<>();

    /**
     * Starts with none.
     *
     * @param random makes the values; one with a seed makes the same ones again
     */
    public Canaries(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Makes a value that occurs nowhere else.
     *
     * @param place where it will be planted, to be named when it is found
     * @return 16 small letters
     */
    public String plant(String place) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            value.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return plant(place, value.toString());
    }

    /**
     * Looks for a value that exists already, such as the secret part of a key.
     *
     * @param place where it is planted, to be named when it is found
     * @param value the value, of at least eight characters
     * @return the value
     */
    public String plant(String place, String value) {
        if (value.length() < 8) {
            throw new IllegalArgumentException("so short a value would be found by chance");
        }
        planted.put(place, value);
        return value;
    }

    /**
     * Looks for all values.
     *
     * @param output what came out
     * @param except places whose values may be there
     * @return one sentence a value and form, empty when none is there
     */
    public List<String> in(byte[] output, String... except) {
        // Byte by byte, so that an output needs no encoding of its own to be searched.
        String text = new String(output, ISO_8859_1);
        String small = text.toLowerCase(Locale.ROOT);
        Set<String> allowed = Set.of(except);
        List<String> found = new ArrayList<>();
        planted.forEach((place, value) -> {
            if (!allowed.contains(place)) {
                forms(value).forEach((form, needles) -> {
                    boolean anyCase = !form.equals("base64");
                    for (String needle : needles) {
                        int at = anyCase ? small.indexOf(needle.toLowerCase(Locale.ROOT)) : text.indexOf(needle);
                        if (at >= 0) {
                            found.add("the value of " + place + " stands in " + form + " at " + at + ": "
                                    + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60)));
                        }
                    }
                });
            }
        });
        return found;
    }

    /**
     * Looks for all values.
     *
     * @param output what came out
     * @param except places whose values may be there
     * @return one sentence a value and form, empty when none is there
     */
    public List<String> in(String output, String... except) {
        return in(output.getBytes(UTF_8), except);
    }

    private static Map<String, Set<String>> forms(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        Map<String, Set<String>> forms = new LinkedHashMap<>();
        forms.put("clear", Set.of(new String(bytes, ISO_8859_1)));
        forms.put(
                "hexadecimal",
                Set.of(
                        HexFormat.of().formatHex(bytes),
                        HexFormat.ofDelimiter(" ").formatHex(bytes)));
        forms.put("percent signs", Set.of(HexFormat.of().withPrefix("%").formatHex(bytes)));
        StringBuilder escaped = new StringBuilder();
        value.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        forms.put("JSON escapes", Set.of(escaped.toString()));
        Set<String> base64 = new LinkedHashSet<>();
        for (int before = 0; before < 3; before++) {
            base64.add(aligned(bytes, before, Base64.getEncoder()));
            base64.add(aligned(bytes, before, Base64.getUrlEncoder()));
        }
        forms.put("base64", base64);
        return forms;
    }

    /** The characters that the bytes alone decide, when so many others stand before them. */
    private static String aligned(byte[] bytes, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int first = (before * 8 + 5) / 6;
        int last = shifted.length * 8 / 6;
        return encoded.substring(first, last);
    }
}
