package io.mcpguard.core.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers that arguments of a call can never set, because something is decided by them: who calls, from where, what the
 * message is, or how far it reaches.
 *
 * @since 0.1
 */
public final class ReservedHeaders {

    private static final Set<String> NAMES = Set.of(
            "accept",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "cookie2",
            "date",
            "dpop",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "origin",
            "referer",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-client-id",
            "x-csrf-token",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-url",
            "x-profile-id",
            "x-real-ip",
            "x-rewrite-url",
            "x-xsrf-token");

    private static final List<String> PREFIXES = List.of("mcp-", "proxy-", "sec-", "x-forwarded-", "x-mcp-");

    private ReservedHeaders() {}

    /**
     * Says whether a header is reserved.
     *
     * @param name a header name in any case
     * @return true when arguments must not set it
     */
    public static boolean contains(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
