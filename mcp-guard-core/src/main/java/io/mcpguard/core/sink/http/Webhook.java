package io.mcpguard.core.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Any receiver of JSON over HTTPS. The address is sent to as it is.
 *
 * <p>Requests are signed as Standard Webhooks asks: {@code webhook-signature} is {@code v1,} and the base64 of the HMAC-SHA-256 of
 * {@code webhook-id}, {@code webhook-timestamp} and the body, with a dot between them. The id is the same when the same batch is
 * sent again. A receiver answers 2xx when it has kept the events, and not before.
 *
 * @since 0.1
 */
public final class Webhook extends HttpTemplate {

    private static final String PREFIX = "whsec_";
    private static final int LEAST_KEY_BYTES = 24;
    private static final int MOST_KEY_BYTES = 64;
    private static final int ID_BYTES = 16;
    private static final int MOST_BYTES = 1_000_000;
    private static final String KEY_FORM = "signing-key is not one of Standard Webhooks: " + PREFIX
            + " and the base64 of " + LEAST_KEY_BYTES + " to " + MOST_KEY_BYTES + " random bytes";

    private final @Nullable Secret signingKey;
    private final @Nullable Secret bearer;
    private final boolean lines;

    private Webhook(@Nullable Secret signingKey, @Nullable Secret bearer, boolean lines) {
        this.signingKey = signingKey;
        this.bearer = bearer;
        this.lines = lines;
    }

    /**
     * Describes a receiver that checks signatures.
     *
     * @param key {@code whsec_} and the base64 of 24 to 64 random bytes, which the receiver has too
     * @return what is sent there, as a JSON array
     */
    public static Webhook signedWith(Secret key) {
        return new Webhook(Objects.requireNonNull(key, "key"), null, false);
    }

    /**
     * Describes a receiver that knows senders by a token.
     *
     * @param token sent as {@code Authorization: Bearer}
     * @return what is sent there, as a JSON array and not signed
     */
    public static Webhook withToken(Secret token) {
        return new Webhook(null, Objects.requireNonNull(token, "token"), false);
    }

    /**
     * Sends a token beside the signature.
     *
     * @param token sent as {@code Authorization: Bearer}
     * @return a copy with that
     */
    public Webhook token(Secret token) {
        return new Webhook(signingKey, Objects.requireNonNull(token, "token"), lines);
    }

    /**
     * Sends one record a line instead of an array.
     *
     * @return a copy with that
     */
    public Webhook asLines() {
        return new Webhook(signingKey, bearer, true);
    }

    @Override
    String service() {
        return "Webhook";
    }

    @Override
    List<String> problems(AuditFormat format) {
        List<String> problems = new ArrayList<>();
        if (signingKey != null && key(signingKey).isEmpty()) {
            problems.add(KEY_FORM);
        }
        if (bearer != null) {
            bearer.problem("token").ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<byte[]> key(Secret secret) {
        String text = secret.reveal();
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
            return key.length >= LEAST_KEY_BYTES && key.length <= MOST_KEY_BYTES ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Its message would show a part of the key.
            return Optional.empty();
        }
    }

    @Override
    int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    URI endpoint(URI address) {
        return address;
    }

    @Override
    String separator() {
        return lines ? "" : ",";
    }

    @Override
    String around(boolean begin) {
        if (lines) {
            return "";
        }
        return begin ? "[" : "]";
    }

    @Override
    String piece(AuditEvent event, String record, boolean json) {
        if (lines) {
            return record + "\n";
        }
        return json ? record : quoted(record);
    }

    @Override
    Map<String, String> headers(byte[] body, AuditFormat format, Instant now) {
        Map<String, String> headers = new HashMap<>();
        String many = isJson(format) ? "application/x-ndjson" : "text/plain; charset=utf-8";
        headers.put("Content-Type", lines ? many : JSON);
        if (bearer != null) {
            headers.put("Authorization", "Bearer " + bearer.reveal());
        }
        if (signingKey != null) {
            String id = id(body);
            String time = Long.toString(now.getEpochSecond());
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", time);
            headers.put("webhook-signature", "v1," + signature(signingKey, id + "." + time + ".", body));
        }
        return headers;
    }

    private static String id(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "batch_" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String signature(Secret secret, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret).orElseThrow(), "HmacSHA256"));
            mac.update(head.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }

    @Override
    Receipt receipt(Answer answer, int events) {
        return new Receipt.Kept();
    }

    @Override
    String advice(Answer answer) {
        return switch (answer.status()) {
            case 401, 403 -> "it does not let the sender in; look at the settings signing-key and token";
            case 404 -> "nothing is there; look at the setting address";
            default -> "it does not take the request; look at the settings address and format";
        };
    }

    @Override
    boolean confirms() {
        return true;
    }
}
