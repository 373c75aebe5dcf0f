package io.mcpguard.core.inner;

import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an inner request looks like on the wire. All invokers send the same, so that the service cannot tell them apart.
 *
 * @since 0.1
 */
public final class InnerRequest {

    /** Hop-by-hop fields (RFC 9110 section 7.6.1), framing, and what only an outer request may carry. */
    private static final Set<String> NEVER_SENT = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "host",
            "expect",
            "cookie",
            "cookie2",
            "forwarded",
            "via");

    private InnerRequest() {}

    /**
     * Returns the header fields of a call's request, framing aside.
     *
     * @param call the call
     * @param nonce its nonce
     * @return the fields in the order to send them
     */
    public static List<HttpField> fields(OperationCall call, String nonce) {
        List<HttpField> fields = new ArrayList<>();
        for (HttpField field : call.headers()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!NEVER_SENT.contains(name) && !name.startsWith("x-forwarded-") && !name.startsWith("mcp-")) {
                fields.add(trimmed(field));
            }
        }
        if (fields.stream().noneMatch(field -> field.isNamed("User-Agent"))) {
            fields.add(new HttpField("User-Agent", "mcp-guard"));
        }
        fields.add(new HttpField(InnerCalls.HEADER, nonce));
        return fields;
    }

    /** On a wire, white space around a value is no part of it (RFC 9110 section 5.5); without one it must not become a part. */
    private static HttpField trimmed(HttpField field) {
        String value = field.value();
        int start = 0;
        int end = value.length();
        while (start < end && isSpace(value.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == value.length() ? field : new HttpField(field.name(), value.substring(start, end));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * Says whether the request is framed by a Content-Length.
     *
     * @param call the call
     * @return true when it has a body, or its method makes a receiver expect one (RFC 9110 section 8.6)
     */
    public static boolean hasLength(OperationCall call) {
        return call.body().length > 0
                || switch (call.method()) {
                    case "POST", "PUT", "PATCH" -> true;
                    default -> false;
                };
    }

    /**
     * Returns the request target.
     *
     * @param call the call
     * @return path and query as built
     */
    public static String target(OperationCall call) {
        return call.rawQuery().map(query -> call.rawPath() + "?" + query).orElse(call.rawPath());
    }

    /**
     * Returns the Host field of the caller's own request.
     *
     * @param origin the connection of the caller
     * @return host, and port unless it is the scheme's own
     */
    public static String host(CallOrigin origin) {
        String name = origin.serverName();
        String host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        int usual = "https".equals(origin.scheme()) ? 443 : 80;
        return origin.serverPort() <= 0 || origin.serverPort() == usual ? host : host + ":" + origin.serverPort();
    }

    /**
     * Keeps a response field when it may be passed on.
     *
     * @param name field name as the service set it
     * @param value field value
     * @return the field, or empty when it could break out of its line
     */
    public static Optional<HttpField> received(String name, String value) {
        return HttpField.isToken(name) && HttpField.isFieldValue(value)
                ? Optional.of(new HttpField(name, value))
                : Optional.empty();
    }
}
