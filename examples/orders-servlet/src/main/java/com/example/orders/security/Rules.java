package com.example.orders.security;

import com.example.orders.http.Answers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Which roles may do what. What no rule names is not for anybody. */
public final class Rules extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String USER = "USER";
    private static final String SUPPORT = "SUPPORT";
    private static final String DEVELOPER = "DEVELOPER";
    private static final String ADMIN = "ADMIN";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // The container's own view of the path, without what a spelling could hide.
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (path.equals("/health")) {
            chain.doFilter(request, response);
        } else if (request.getUserPrincipal() == null) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"orders\"");
            Answers.problem(response, 401, "Sign in with a name and password.");
        } else if (path.equals("/mcp")
                || roles(request.getMethod(), path).stream().anyMatch(request::isUserInRole)) {
            chain.doFilter(request, response);
        } else {
            Answers.problem(response, 403, "Your roles do not allow this.");
        }
    }

    private static List<String> roles(String method, String path) {
        boolean read = method.equals("GET") || method.equals("HEAD");
        if (path.equals("/api/orders") || path.startsWith("/api/orders/")) {
            return read ? List.of(USER, SUPPORT, DEVELOPER, ADMIN) : List.of(USER, SUPPORT, ADMIN);
        }
        if (path.equals("/api/customers")) {
            return read ? List.of(USER, SUPPORT, DEVELOPER, ADMIN) : List.of();
        }
        // Personal data.
        return read && path.startsWith("/api/customers/") ? List.of(SUPPORT, ADMIN) : List.of();
    }
}
