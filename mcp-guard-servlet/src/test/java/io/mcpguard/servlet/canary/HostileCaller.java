package io.mcpguard.servlet.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;

/** Sends what forges lines of a log, moves the cursor of a terminal or is no text at all, by a socket that leaves it as it is. */
final class HostileCaller {

    /** Line ends, escapes of a terminal, marks that turn text around, a zero, half of a pair. */
    static final List<String> TEXTS = List.of(
            "x\r\n[main] ERROR forged - line",
            "\u001b[2J\u001b]0;title\u0007\u009b31m",
            "\u202etxt\u2066\u200f\ufeff",
            "\u0085\u2028\u2029\u000b\u000c\u0000",
            "half \ud83d pair",
            "{\"stage\":\"OUTCOME\"}");

    private final URI uri;
    private final String token;

    HostileCaller(URI uri, String token) {
        this.uri = uri;
        this.token = token;
    }

    void call() throws IOException {
        for (String text : TEXTS) {
            String json = json(text);
            message("{\"jsonrpc\":\"2.0\",\"id\":" + json + ",\"method\":" + json + ",\"params\":{" + json + ":" + json
                    + "}}");
            message("{\"jsonrpc\":\"2.0\",\"id\":" + json + ",\"method\":\"tools/call\",\"params\":{\"name\":" + json
                    + "}}");
            message("{\"jsonrpc\":\"2.0\",\"id\":" + json
                    + ",\"method\":\"tools/call\",\"params\":{\"name\":\"execute_endpoint\","
                    + "\"arguments\":{\"endpoint_id\":" + json + ",\"body\":{" + json + ":" + json + "}}}}");
            message(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"execute_endpoint\",\"arguments\":"
                            + "{\"endpoint_id\":\"update\",\"path_params\":{\"id\":\"7\"},\"query_params\":{\"how\":\"fail\",\"tag\":"
                            + json
                            + "},\"body\":{\"note\":" + json + ",\"more\":{" + json + ":" + json + "}}}}}");
            message("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"initialize\",\"params\":{\"protocolVersion\":" + json
                    + ",\"capabilities\":{},\"clientInfo\":{\"name\":" + json + ",\"version\":" + json + "}}}");
            String percent = percent(text);
            send(
                    "POST /api/things/" + percent("7" + text.replace("\u0000", "")) + "?how=fail&tag=" + percent + "&"
                            + percent + "=" + percent,
                    "",
                    "{" + json + ":" + json + "}",
                    "application/json");
            // As bytes of a header, where a container lets them through.
            send(
                    "GET /api/none?" + percent,
                    "User-Agent: " + bytes(text) + "\r\ntraceparent: " + bytes(text) + "\r\nMCP-Protocol-Version: "
                            + bytes(text) + "\r\nX-Note: " + bytes(text) + "\r\n",
                    "",
                    "text/plain");
        }
        send(
                "POST /mcp",
                "User-Agent: " + "\u00c3(\u00ff\u00fe".repeat(1000) + "\r\n",
                "{\"\u00c3(\u00ff\":1}",
                "application/json");
        send("POST /mcp", "User-Agent: " + "x".repeat(1 << 20) + "\r\n", "{}", "application/json");
        send("GET /api/none", "X-Note: " + "x".repeat(1 << 20) + "\r\n", "", "text/plain");
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
        return json.append('"').toString();
    }

    /** The bytes of the text in UTF-8, each as one character. */
    private static String bytes(String text) {
        return new String(text.replaceAll("\\p{Cntrl}", "").getBytes(UTF_8), ISO_8859_1);
    }

    private static String percent(String text) {
        StringBuilder percent = new StringBuilder();
        for (byte one : text.getBytes(UTF_8)) {
            percent.append(String.format("%%%02x", one & 0xFF));
        }
        return percent.toString();
    }

    private void message(String message) throws IOException {
        send(
                "POST /mcp",
                "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-06-18\r\n",
                message,
                "application/json");
    }

    private void send(String line, String headers, String body, String type) throws IOException {
        byte[] content = body.getBytes(UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                (line + " HTTP/1.1\r\nHost: 127.0.0.1:" + uri.getPort() + "\r\nConnection: close\r\n" + headers
                                + "Authorization: Bearer " + token + "\r\nContent-Type: " + type
                                + "\r\nContent-Length: " + content.length
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        request.writeBytes(content);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            try {
                out.write(request.toByteArray());
                out.flush();
                in.readAllBytes();
            } catch (SocketException e) {
                // Refused while it was still being sent.
                return;
            }
        }
    }
}
