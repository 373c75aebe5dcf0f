package io.mcpguard.jdbc;

import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import org.quicktheories.core.Gen;

/** Texts of any characters, with those often that no column holds and those that an escape is made of. */
final class HostileTexts {

    private static final String OFTEN = "\\\\\\\\u0d8f\u0000\ud800\udfff\ud83d\ude00'%_; \u00e9\u20ac\n\ufffe";

    private HostileTexts() {}

    static Gen<String> upTo(int length) {
        return lists().of(integers().between(0, 0x13fff))
                .ofSizeBetween(0, length)
                .map(codes -> {
                    StringBuilder text = new StringBuilder();
                    codes.forEach(code ->
                            text.append(code <= 0xffff ? (char) (int) code : OFTEN.charAt(code % OFTEN.length())));
                    return text.toString();
                });
    }

    /** As {@link #upTo}, of those characters only. */
    static Gen<String> ofFew(int length) {
        return lists().of(integers().between(0, OFTEN.length() - 1))
                .ofSizeBetween(0, length)
                .map(places -> {
                    StringBuilder text = new StringBuilder();
                    places.forEach(place -> text.append(OFTEN.charAt(place)));
                    return text.toString();
                });
    }
}
