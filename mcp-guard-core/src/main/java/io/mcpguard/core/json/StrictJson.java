package io.mcpguard.core.json;

import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.JsonReading.Flaw;
import io.mcpguard.core.json.JsonReading.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON of RFC 8259 and nothing else.
 *
 * <p>Refused are: any encoding but UTF-8, byte order marks, lone surrogates, duplicate property names, data after the
 * document, NaN and other extensions, and whatever goes beyond {@link JsonLimits}. Numbers become {@code BigInteger} or
 * {@code BigDecimal} where a machine type would lose digits: {@code 1.0} and {@code 1} stay different on the way back.
 *
 * <p>Immutable and safe for many threads.
 *
 * @since 0.1
 */
public final class StrictJson {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final JsonLimits limits;
    private final JsonFactory factory;

    /**
     * Makes a reader.
     *
     * @param limits how much it takes
     */
    public StrictJson(JsonLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxNumberLength(limits.maxNumberChars())
                        .maxStringLength(limits.maxStringChars())
                        .maxNameLength(limits.maxStringChars())
                        .build())
                // A shared table of property names would let one client's names slow down another's requests.
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .build();
    }

    /**
     * Returns how much this reader takes.
     *
     * @return the limits
     */
    public JsonLimits limits() {
        return limits;
    }

    /**
     * Reads one document.
     *
     * @param utf8 all of its bytes
     * @return the tree, or what is wrong
     */
    public JsonReading read(byte[] utf8) {
        if (utf8.length > limits.maxBytes()) {
            return new Malformed(Flaw.TOO_LARGE);
        }
        char[] ascii = ascii(utf8);
        if (ascii != null) {
            return parse(ascii);
        }
        char[] text;
        try {
            // The decoder of the JDK refuses overlong forms and encoded surrogates, which JSON parsers often let pass.
            var decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8));
            text = new char[decoded.remaining()];
            decoded.get(text);
        } catch (CharacterCodingException e) {
            return new Malformed(Flaw.NOT_UTF8);
        }
        return parse(text);
    }

    /**
     * Reads one document that is already text, such as a string inside another document.
     *
     * @param json all of its text
     * @return the tree, or what is wrong
     */
    public JsonReading read(String json) {
        if (json.length() > limits.maxBytes()) {
            return new Malformed(Flaw.TOO_LARGE);
        }
        return parse(json.toCharArray());
    }

    /** What is ASCII, as most requests are, needs no decoder: each byte is a character. Null when a byte is not. */
    private static char @Nullable [] ascii(byte[] utf8) {
        char[] text = new char[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] < 0) {
                return null;
            }
            text[i] = (char) utf8[i];
        }
        return text;
    }

    private JsonReading parse(char[] text) {
        if (text.length > 0 && text[0] == BYTE_ORDER_MARK) {
            return new Malformed(Flaw.BYTE_ORDER_MARK);
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text, 0, text.length)) {
            return new Document(new TreeReading(parser, limits).document());
        } catch (TreeReading.Refused e) {
            return new Malformed(e.flaw());
        } catch (StreamConstraintsException e) {
            return new Malformed(isAboutDepth(e) ? Flaw.TOO_DEEP : Flaw.TOO_LONG);
        } catch (JacksonException e) {
            return new Malformed(Flaw.SYNTAX);
        }
    }

    private static boolean isAboutDepth(StreamConstraintsException e) {
        String message = e.getOriginalMessage();
        return message != null && message.contains("depth");
    }
}
