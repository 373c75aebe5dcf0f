package io.mcpguard.otel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the answer of an OTLP receiver says of records that it did not accept: {@code partial_success}, field 1 of
 * {@code ExportLogsServiceResponse}, with {@code rejected_log_records} as field 1 and {@code error_message} as field 2.
 */
final class Answer {

    private static final int LONGEST = 200;
    private static final int MOST_SHIFT = 63;

    private static final Pattern JSON_COUNT =
            Pattern.compile("\"rejected_?[lL]og_?[rR]ecords\"\\s*:\\s*\"?([0-9]{1,18})");

    /** Wire types of protocol buffers. */
    private static final int VARINT = 0;

    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private long rejected;
    private String message = "";

    private Answer() {}

    /**
     * Reads an answer.
     *
     * @param body of a response whose status is a success
     * @return why that was none; empty when everything was accepted
     */
    static Optional<String> refused(byte[] body) {
        Answer answer = new Answer();
        try {
            if (body.length > 0 && body[0] == '{') {
                answer.readJson(new String(body, UTF_8));
            } else {
                answer.read(ByteBuffer.wrap(body), false);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.of("it answered with something that is no answer of OTLP; look at what stands before it");
        }
        return answer.rejected == 0
                ? Optional.empty()
                : Optional.of("it rejected " + answer.rejected + " records: " + visible(answer.message));
    }

    /** Text of somebody else's as it may stand in a log. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(LONGEST).forEach(c -> shown.append(c >= 0x20 && c < 0x7F ? (char) c : '?'));
        return text.length() > LONGEST ? shown + "..." : shown.toString();
    }

    /** OTLP wants the answer in the form of the request; some receivers always write JSON. */
    private void readJson(String json) {
        Matcher count = JSON_COUNT.matcher(json);
        if (count.find()) {
            rejected = Long.parseLong(count.group(1));
            message = json;
        }
    }

    private void read(ByteBuffer in, boolean partial) {
        while (in.hasRemaining()) {
            long tag = varint(in);
            if (tag >>> 3 == 0) {
                throw new IllegalArgumentException("a field without a number");
            }
            boolean isFirst = tag >>> 3 == 1;
            switch ((int) (tag & 7)) {
                case VARINT -> {
                    long value = varint(in);
                    rejected = partial && isFirst ? value : rejected;
                }
                case FIXED64 -> in.getLong();
                case LENGTH -> field(part(in), tag >>> 3, partial);
                case FIXED32 -> in.getInt();
                default -> throw new IllegalArgumentException("wire type of " + tag);
            }
        }
    }

    private void field(ByteBuffer content, long number, boolean partial) {
        if (partial && number == 2) {
            message = UTF_8.decode(content).toString();
        } else if (!partial && number == 1) {
            read(content, true);
        }
    }

    private static ByteBuffer part(ByteBuffer in) {
        long length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("length " + length);
        }
        ByteBuffer part = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return part;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift <= MOST_SHIFT; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number without an end");
    }
}
