package io.mcpguard.servlet.entry;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Sends a body that is there, as fast as the client takes it. */
final class WholeAnswer implements WriteListener, AnswerSending {

    private static final int CHUNK = 8192;

    private final byte[] body;
    private final ServletOutputStream out;
    private final Exchange exchange;
    private int sent;

    WholeAnswer(byte[] body, ServletOutputStream out, Exchange exchange) {
        this.body = body;
        this.out = out;
        this.exchange = exchange;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (sent == body.length) {
                exchange.complete();
                return;
            }
            int length = Math.min(CHUNK, body.length - sent);
            out.write(body, sent, length);
            sent += length;
        }
    }

    @Override
    public void onError(Throwable failure) {
        exchange.lost(failure);
    }

    @Override
    public void gone() {
        // The container calls no more.
    }
}
