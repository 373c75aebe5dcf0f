package io.mcpguard.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** Reads frames by the letter of RFC 5425 section 4.3: {@code MSG-LEN SP SYSLOG-MSG}, and nothing between them. */
final class Frames {

    private static final int MOST_DIGITS = 7;

    private final InputStream in;

    Frames(InputStream in) {
        this.in = in;
    }

    /** The next message; empty when the connection ends where a frame does. */
    Optional<String> next() throws IOException {
        int first = in.read();
        return first < 0 ? Optional.empty() : Optional.of(message(length(first)));
    }

    private int length(int first) throws IOException {
        if (first < '1' || first > '9') {
            throw new ProtocolException("a frame begins with " + first);
        }
        int length = first - '0';
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            int next = in.read();
            if (next == ' ') {
                return length;
            }
            if (next < '0' || next > '9') {
                throw new ProtocolException("a length goes on with " + next);
            }
            length = length * 10 + next - '0';
        }
        throw new ProtocolException("a length of more than " + MOST_DIGITS + " digits");
    }

    private String message(int length) throws IOException {
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException("a message of " + length + " octets ends after " + octets.length);
        }
        return UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(octets))
                .toString();
    }
}
