package io.mcpguard.servlet.testbed;

import io.mcpguard.invocation.HttpField;
import io.mcpguard.servlet.exchange.RequestReader;
import io.mcpguard.testkit.contract.SeenRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The operations that the contract of invokers asks for, under {@code /fixture}. */
public final class ContractFixture {

    public static final String BASE_PATH = "/fixture";

    private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();

    public List<SeenRequest> seen() {
        return List.copyOf(seen);
    }

    /** Adds the operations and the filter in front of them, which runs for the dispatcher type REQUEST alone. */
    public void deploy(Deployment context) {
        context.servlet("fixture", BASE_PATH + "/*", new Operations());
        Filter inFront = (request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("X-Fixture", "seen");
            try {
                chain.doFilter(request, response);
            } finally {
                seen.add(note((HttpServletRequest) request));
            }
        };
        context.filter("fixture", BASE_PATH + "/*", inFront);
    }

    private static SeenRequest note(HttpServletRequest request) {
        List<HttpField> fields = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            RequestReader.values(request, name).forEach(value -> fields.add(new HttpField(name, value)));
        }
        byte[] body = request.getAttribute("body") instanceof byte[] read ? read : new byte[0];
        return new SeenRequest(
                request.getMethod(),
                request.getRequestURI(),
                Optional.ofNullable(request.getQueryString()),
                fields,
                body.length,
                sha256(body),
                request.getRemoteAddr(),
                request.getRemotePort(),
                request.getScheme(),
                request.isSecure(),
                request.getServerName(),
                request.getServerPort(),
                request.getAttribute(RequestReader.CERTIFICATES) instanceof X509Certificate[] chain
                        ? List.of(chain)
                        : List.of());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Operations extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String path = request.getPathInfo() == null ? "" : request.getPathInfo();
            String[] parts = path.split("/", -1);
            switch (parts.length > 1 ? parts[1] : "") {
                case "echo" -> echo(request, response);
                case "status" -> status(Integer.parseInt(parts[2]), response);
                case "slow" -> slow(request, response);
                case "big" -> {
                    response.setContentType("application/octet-stream");
                    int size = Integer.parseInt(request.getParameter("bytes"));
                    response.getOutputStream().write("x".repeat(size).getBytes(StandardCharsets.US_ASCII));
                }
                case "redirect" -> response.sendRedirect(BASE_PATH + "/echo");
                case "cookie" -> response.setHeader("Set-Cookie", "fixture=1; Path=/");
                case "error" -> throw new IllegalStateException("something that nobody handles");
                default -> response.sendError(404);
            }
        }

        private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = request.getInputStream().readAllBytes();
            request.setAttribute("body", body);
            response.setContentType("application/json");
            String json = "{\"method\":\"" + request.getMethod() + "\",\"path\":\"" + request.getRequestURI()
                    + "\",\"query\":\"" + request.getQueryString() + "\",\"bodyBytes\":" + body.length
                    + ",\"bodySha256\":\"" + sha256(body) + "\"}";
            response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        }

        private static void status(int status, HttpServletResponse response) throws IOException {
            response.setStatus(status);
            if (status != 204 && status != 304) {
                response.setContentType("text/plain");
                response.getOutputStream().write(("status " + status).getBytes(StandardCharsets.US_ASCII));
            }
        }

        private static void slow(HttpServletRequest request, HttpServletResponse response) {
            try {
                Thread.sleep(Long.parseLong(request.getParameter("ms")));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            response.setStatus(200);
        }
    }
}
