package io.mcpguard.core.tool;

import io.mcpguard.catalog.OperationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names the tool of an operation.
 *
 * <p>The name is the operation's id, whose alphabet and length are those of tool names (MCP 2026-07-28, Tools). Only an id that is
 * the name of a fixed tool, or looks like what such an id became, gets a digest behind it. A name follows from its own id alone,
 * so it stays what it is when other operations come and go.
 */
final class ToolNames {

    static final int LONGEST = 64;

    private static final int DIGITS = 8;
    private static final Pattern TAKEN = Pattern.compile(
            "(list_collections|list_endpoints|endpoint_details|execute_endpoint)(_[0-9a-f]{" + DIGITS + "})*");

    private ToolNames() {}

    static String of(OperationId id) {
        String text = id.value();
        if (!TAKEN.matcher(text).matches()) {
            return text;
        }
        String kept = text.substring(0, Math.min(text.length(), LONGEST - DIGITS - 1));
        return kept + "_" + digest(text);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
