package com.example.orders.security;

import com.example.orders.security.Users.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Optional;

/**
 * HTTP Basic (RFC 7617). A filter of the server and not of JAX-RS, so that the guard knows who has signed in. Whoever sends no
 * credential goes on as nobody.
 */
public final class SignIn extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "Basic ";

    private static final byte[] PROBLEM = ("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                    + "\"detail\":\"Sign in with a name and password.\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final transient Users users;

    public SignIn(Users users) {
        this.users = users;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String header = request.getHeader("Authorization");
        if (request.getUserPrincipal() != null || header == null) {
            chain.doFilter(request, response);
            return;
        }
        Optional<User> user = user(header);
        if (user.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"orders\"");
            response.setStatus(401);
            response.setContentType("application/problem+json");
            response.getOutputStream().write(PROBLEM);
            return;
        }
        chain.doFilter(new SignedIn(request, user.get()), response);
    }

    private Optional<User> user(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] login =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String[] parts = new String(login, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? users.signIn(parts[0], parts[1]) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static final class SignedIn extends HttpServletRequestWrapper {

        private final User user;

        SignedIn(HttpServletRequest request, User user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user::name;
        }

        @Override
        public String getRemoteUser() {
            return user.name();
        }

        @Override
        public boolean isUserInRole(String role) {
            return user.roles().contains(role);
        }
    }
}
