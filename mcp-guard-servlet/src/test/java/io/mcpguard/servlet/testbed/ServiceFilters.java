package io.mcpguard.servlet.testbed;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Set;

/** The security of a small service: its own tokens, an administrators' area, and a rule on addresses. */
final class ServiceFilters {

    /** What a service keeps for the time of a request, such as a logging context. */
    static final InheritableThreadLocal<String> CONTEXT = new InheritableThreadLocal<>();

    private static final Map<String, Set<String>> ROLES =
            Map.of("alice", Set.of("user"), "root", Set.of("user", "admin"));

    private ServiceFilters() {}

    /** Authenticates {@code Bearer alice} and {@code Bearer root}; a principal that is there already is good. */
    static final class Authentication implements Filter {
        @Override
        public void doFilter(ServletRequest any, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest request = (HttpServletRequest) any;
            if (request.getUserPrincipal() != null) {
                chain.doFilter(request, response);
                return;
            }
            String header = request.getHeader("Authorization");
            String name = header != null && header.startsWith("Bearer ") ? header.substring(7) : "";
            Set<String> roles = ROLES.get(name);
            if (roles == null) {
                ((HttpServletResponse) response).setHeader("WWW-Authenticate", "Bearer realm=service");
                ((HttpServletResponse) response).sendError(401);
                return;
            }
            CONTEXT.set(name);
            try {
                chain.doFilter(new Authenticated(request, name, roles), response);
            } finally {
                CONTEXT.remove();
            }
        }
    }

    private static final class Authenticated extends HttpServletRequestWrapper {
        private final String name;
        private final Set<String> roles;

        Authenticated(HttpServletRequest request, String name, Set<String> roles) {
            super(request);
            this.name = name;
            this.roles = roles;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return roles.contains(role);
        }
    }

    static final class Administrators implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (((HttpServletRequest) request).isUserInRole("admin")) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).sendError(403);
            }
        }
    }

    /** Only the machine itself may come in. */
    static final class LocalOnly implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getRemoteAddr().equals("127.0.0.1")) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).sendError(403);
            }
        }
    }
}
