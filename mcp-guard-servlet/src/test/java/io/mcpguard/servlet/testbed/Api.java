package io.mcpguard.servlet.testbed;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The operations of a small service, with everything that a servlet may do to a response. */
final class Api {

    /** Every request that a servlet of the service has seen. */
    final List<String> served = Collections.synchronizedList(new java.util.ArrayList<>());

    final AtomicInteger sessions = new AtomicInteger();
    final CountDownLatch never = new CountDownLatch(1);

    @FunctionalInterface
    interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    void deploy(Deployment context) {
        add(context, "items", "/api/items/*", this::item);
        add(context, "secret", "/api/admin/secret", (q, s) -> json(s, 200, "{\"secret\":\"of " + user(q) + "\"}"));
        add(context, "local", "/api/local", (q, s) -> json(s, 200, "{}"));
        add(context, "echo", "/api/echo/*", Api::echo);
        add(context, "form", "/api/form", Api::form);
        add(context, "facts", "/api/facts", Api::facts);
        add(context, "big", "/api/big", Api::big);
        add(context, "slow", "/api/slow", this::slow);
        add(context, "async", "/api/async", Api::async);
        add(context, "nonblocking", "/api/nonblocking", Api::nonblocking);
        add(context, "session", "/api/session", this::session);
        add(context, "redirect", "/api/redirect", (q, s) -> s.sendRedirect("/api/items/7"));
        add(context, "empty", "/api/empty", (q, s) -> s.setStatus(204));
        add(context, "unchanged", "/api/unchanged", (q, s) -> s.setStatus(304));
        add(context, "events", "/api/events", Api::events);
        add(context, "error", "/error", Api::error);
        add(context, "default", "/", (q, s) -> s.sendError(404));
        context.servlet("upload", "/api/upload", new HandlerServlet("upload", Api::upload, served), true);
    }

    private void add(Deployment context, String name, String pattern, Handler handler) {
        context.servlet(name, pattern, new HandlerServlet(name, handler, served));
    }

    private static final class HandlerServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final transient Handler handler;
        private final transient List<String> served;

        HandlerServlet(String name, Handler handler, List<String> served) {
            this.name = name;
            this.handler = handler;
            this.served = served;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            served.add(name);
            try {
                handler.handle(request, response);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String user(HttpServletRequest request) {
        return request.getUserPrincipal() == null
                ? "nobody"
                : request.getUserPrincipal().getName();
    }

    private static void json(HttpServletResponse response, int status, String body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        response.getOutputStream().flush();
    }

    private void item(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        switch (id) {
            case "404" -> response.sendError(404, "no such item");
            case "409" -> json(response, 409, "{\"title\":\"conflict\"}");
            case "500" -> throw new IllegalStateException("internal detail that nobody may see");
            default ->
                json(
                        response,
                        200,
                        "{\"id\":\"" + id + "\",\"method\":\"" + request.getMethod() + "\",\"query\":\""
                                + request.getQueryString() + "\",\"user\":\"" + user(request) + "\"}");
        }
    }

    private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        response.setContentType(request.getContentType() == null ? "text/plain" : request.getContentType());
        response.setHeader("X-Uri", request.getRequestURI());
        response.setHeader("X-Query", String.valueOf(request.getQueryString()));
        response.setHeader("X-Length", Long.toString(request.getContentLengthLong()));
        response.setHeader("X-Latin", "caf\u00e9");
        response.getOutputStream().write(body);
    }

    private static void form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> values = new TreeMap<>();
        request.getParameterMap().forEach((name, list) -> values.put(name, String.join(",", list)));
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(values);
    }

    private static void upload(HttpServletRequest request, HttpServletResponse response) throws Exception {
        StringBuilder parts = new StringBuilder();
        for (var part : request.getParts()) {
            parts.append(part.getName()).append('=').append(part.getSize()).append(';');
        }
        json(response, 201, parts.toString());
    }

    private static void facts(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
        response.setContentType("text/plain");
        response.getWriter().println("remote=" + request.getRemoteAddr() + ":" + request.getRemotePort());
        response.getWriter().println("scheme=" + request.getScheme() + " secure=" + request.isSecure());
        response.getWriter().println("server=" + request.getServerName() + ":" + request.getServerPort());
        response.getWriter().println("url=" + request.getRequestURL());
        response.getWriter().println("certificates=" + (chain instanceof X509Certificate[] c ? c.length : 0));
        response.getWriter().println("headers=" + new TreeSet<>(Collections.list(request.getHeaderNames())));
        response.getWriter().println("user=" + user(request) + " auth=" + request.getAuthType());
        response.getWriter().println("admin=" + request.isUserInRole("admin"));
        response.getWriter().println("thread-local=" + ServiceFilters.CONTEXT.get());
        response.getWriter().println("trace=" + request.getHeader("traceparent"));
        response.getWriter().println("outer=" + request.getAttribute("outer"));
    }

    private static void big(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int size = Integer.parseInt(request.getParameter("size"));
        response.setContentType("application/octet-stream");
        byte[] chunk = new byte[8192];
        for (int left = size; left > 0; left -= chunk.length) {
            response.getOutputStream().write(chunk, 0, Math.min(left, chunk.length));
        }
    }

    private void slow(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String millis = request.getParameter("ms") == null ? "50" : request.getParameter("ms");
        never.await(Long.parseLong(millis), java.util.concurrent.TimeUnit.MILLISECONDS);
        json(response, 200, "{\"done\":true}");
    }

    private static void async(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String mode = request.getParameter("mode");
        if (request.getDispatcherType() == jakarta.servlet.DispatcherType.ASYNC) {
            json(response, 200, "{\"dispatched\":\"" + request.getAttribute("result") + "\"}");
            return;
        }
        AsyncContext context = request.startAsync();
        if ("timeout".equals(mode)) {
            context.setTimeout(200);
            return;
        }
        context.setTimeout(10_000);
        Thread worker = new Thread(() -> {
            try {
                switch (String.valueOf(mode)) {
                    case "dispatch" -> {
                        request.setAttribute("result", "late");
                        context.dispatch();
                    }
                    case "error" -> {
                        ((HttpServletResponse) context.getResponse()).sendError(422);
                        context.complete();
                    }
                    default -> {
                        json((HttpServletResponse) context.getResponse(), 202, "{\"completed\":true}");
                        context.complete();
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        worker.start();
    }

    private static void nonblocking(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync();
        ServletInputStream in = request.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        in.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                byte[] buffer = new byte[4096];
                while (in.isReady() && !in.isFinished()) {
                    int count = in.read(buffer);
                    if (count > 0) {
                        read.write(buffer, 0, count);
                    }
                }
            }

            @Override
            public void onAllDataRead() throws IOException {
                ServletOutputStream out = context.getResponse().getOutputStream();
                out.setWriteListener(new WriteListener() {
                    private boolean written;

                    @Override
                    public void onWritePossible() throws IOException {
                        while (out.isReady()) {
                            if (written) {
                                context.complete();
                                return;
                            }
                            out.write(read.toByteArray());
                            written = true;
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {
                        context.complete();
                    }
                });
            }

            @Override
            public void onError(Throwable failure) {
                context.complete();
            }
        });
    }

    private void session(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(true);
        if (session.isNew()) {
            sessions.incrementAndGet();
        }
        json(response, 200, "{\"new\":" + session.isNew() + "}");
    }

    private static void events(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        for (int i = 0; i < 3; i++) {
            response.getOutputStream().write(("data: " + i + "\n\n").getBytes(StandardCharsets.US_ASCII));
            response.flushBuffer();
        }
    }

    private static void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().print("{\"error\":" + request.getAttribute("jakarta.servlet.error.status_code") + "}");
    }
}
