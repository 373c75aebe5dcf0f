package io.mcpguard.servlet.reentry;

import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads an answer of HTTP/1.1 piece by piece, and keeps its body up to a bound (RFC 9112 sections 4 to 7). */
final class WireAnswer {

    private static final int MAX_HEAD_BYTES = 1 << 20;

    private enum Part {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        COUNTED,
        UNTIL_CLOSED,
        DONE
    }

    private final boolean toHead;
    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<HttpField> fields = new ArrayList<>();
    private Part part = Part.HEAD;
    private int status;
    private boolean chunked;
    private int headBytes;
    private long left = -1;
    private boolean cut;

    /**
     * Begins to read an answer.
     *
     * @param toHead whether it answers a HEAD request, and so has no body
     * @param maxBytes how much of the body is kept
     */
    WireAnswer(boolean toHead, int maxBytes) {
        this.toHead = toHead;
        this.maxBytes = maxBytes;
    }

    /** Takes the next bytes, until the body is over or too long. Throws IllegalArgumentException when it is not HTTP/1.1. */
    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining() && !cut) {
            switch (part) {
                case COUNTED, CHUNK -> {
                    left -= keep(bytes, left);
                    if (left == 0) {
                        part = part == Part.COUNTED ? Part.DONE : Part.CHUNK_END;
                    }
                }
                case UNTIL_CLOSED -> keep(bytes, Long.MAX_VALUE);
                case DONE -> bytes.position(bytes.limit());
                default -> {
                    byte next = bytes.get();
                    if (next == '\n') {
                        String text = line.toString(StandardCharsets.ISO_8859_1);
                        line.reset();
                        ended(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
                    } else if (++headBytes > MAX_HEAD_BYTES) {
                        throw new IllegalArgumentException("the head is larger than " + MAX_HEAD_BYTES + " bytes");
                    } else {
                        line.write(next);
                    }
                }
            }
        }
    }

    private int keep(ByteBuffer bytes, long most) {
        int count = (int) Math.min(bytes.remaining(), most);
        int room = Math.min(count, maxBytes - body.size());
        byte[] kept = new byte[room];
        bytes.get(kept);
        body.writeBytes(kept);
        cut = room < count;
        return room;
    }

    private void ended(String text) {
        switch (part) {
            case HEAD -> headLine(text);
            case CHUNK_SIZE -> {
                int mark = text.indexOf(';');
                left = Long.parseLong((mark < 0 ? text : text.substring(0, mark)).strip(), 16);
                part = left == 0 ? Part.TRAILER : Part.CHUNK;
            }
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            case TRAILER -> part = text.isEmpty() ? Part.DONE : Part.TRAILER;
            default -> throw new IllegalStateException("no line ends in " + part);
        }
    }

    private void headLine(String text) {
        if (status == 0) {
            String[] words = text.split(" ", 3);
            if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9][0-9]")) {
                throw new IllegalArgumentException("this is not a status line");
            }
            status = Integer.parseInt(words[1]);
        } else if (!text.isEmpty()) {
            field(text);
        } else if (status < 200) {
            // An interim answer; the final one follows.
            status = 0;
            fields.clear();
        } else {
            part = bodyPart();
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("a header field has no name");
        }
        String name = text.substring(0, colon);
        String value = text.substring(colon + 1).strip();
        switch (name.toLowerCase(Locale.ROOT)) {
            case "transfer-encoding" -> chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
            case "connection", "keep-alive" -> {
                // They speak of a connection that there is not.
            }
            case "content-length" -> {
                left = Long.parseLong(value);
                InnerRequest.received(name, value).ifPresent(fields::add);
            }
            default -> InnerRequest.received(name, value).ifPresent(fields::add);
        }
    }

    private Part bodyPart() {
        if (toHead || status == 204 || status == 304) {
            return Part.DONE;
        }
        if (chunked) {
            return Part.CHUNK_SIZE;
        }
        if (left < 0) {
            return Part.UNTIL_CLOSED;
        }
        return left == 0 ? Part.DONE : Part.COUNTED;
    }

    boolean isComplete() {
        return part == Part.DONE;
    }

    boolean isCompleteWhenClosed() {
        return part == Part.UNTIL_CLOSED;
    }

    boolean isCut() {
        return cut;
    }

    OperationResult result() {
        return new OperationResult(status, fields, body.toByteArray(), cut);
    }
}
