package io.mcpguard.core.sink.http;

import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Calls of one service, of which only those that succeeded return; whatever else happened is said in words for an operator. */
final class ServiceCalls {

    private final HttpCalls calls;
    private final HttpTemplate template;
    private final URI address;
    private final InstantSource clock;

    ServiceCalls(HttpCalls calls, HttpTemplate template, URI address, InstantSource clock) {
        this.calls = calls;
        this.template = template;
        this.address = address;
        this.clock = clock;
    }

    /** Sends, and returns an answer that says yes. */
    Answer post(URI endpoint, byte[] body, Map<String, String> headers, Deadline deadline) throws InterruptedException {
        return checked(send(endpoint, body, headers, deadline));
    }

    /** Sends, and returns whatever it answered. */
    Answer send(URI endpoint, byte[] body, Map<String, String> headers, Deadline deadline) throws InterruptedException {
        try {
            return calls.post(endpoint, body, headers, deadline);
        } catch (IOException e) {
            throw new AuditWriteException(this + " " + failure(e), e);
        }
    }

    /** The same answer, when it says yes. */
    Answer checked(Answer answer) {
        if (answer.isSuccess()) {
            return answer;
        }
        String message = this + " answered " + answer.status() + ": " + advice(answer);
        Optional<Duration> wait = answer.retryAfter().flatMap(value -> RetryAfter.parse(value, clock.instant()));
        throw wait.isPresent()
                ? AuditWriteException.retryAfter(message, wait.get())
                : new AuditWriteException(message, null);
    }

    private static String failure(IOException why) {
        if (why instanceof HttpConnectTimeoutException || why instanceof ConnectException) {
            return "cannot be reached; look at the setting address and at the network";
        }
        if (why instanceof HttpTimeoutException) {
            return "did not answer in time";
        }
        if (why instanceof SSLException) {
            return "cannot be trusted; the certificate has to be for the host of the setting address, and from an"
                    + " authority that Java knows or that the setting ca-file names";
        }
        return "broke off the connection";
    }

    private String advice(Answer answer) {
        int status = answer.status();
        if (status == 413) {
            return "the request is too large for it, or for something on the way; less is sent from now on";
        }
        if (status == 429 || status == 503) {
            return "it is busy";
        }
        if (status >= 500) {
            return "it has a problem of its own";
        }
        if (status >= 300 && status < 400) {
            return "it sends elsewhere, which is not followed; look at the setting address";
        }
        return template.advice(answer);
    }

    /** Service and host. The path is left out: with some services it is a secret. */
    @Override
    public String toString() {
        return template.service() + " at " + address.getScheme() + "://" + address.getRawAuthority();
    }
}
