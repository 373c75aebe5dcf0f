package io.mcpguard.spring.security;

import io.mcpguard.servlet.entry.McpEntry;
import io.mcpguard.servlet.exchange.GuardPrincipal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * Carries the principal of a guard-issued key into Spring Security, as the first of its filters that authenticates.
 *
 * <p>What a key or the MCP endpoint proves does not ride on a cookie, so no foreign page can make a browser send it: such
 * requests need no CSRF token. A call made with the service's own credential needs what every REST consumer needs.
 */
final class GuardAuthenticationFilter implements Filter {

    /** Holds the authentication for asynchronous and error dispatches, which lose the wrapped request. */
    private static final String ATTRIBUTE = GuardAuthentication.class.getName();

    private final SecurityContextHolderStrategy holder;
    private final GuardAuthorities authorities;

    GuardAuthenticationFilter(SecurityContextHolderStrategy holder, GuardAuthorities authorities) {
        this.holder = holder;
        this.authorities = authorities;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            request.removeAttribute(ATTRIBUTE);
            if (request.getUserPrincipal() instanceof GuardPrincipal guarded) {
                request.setAttribute(
                        ATTRIBUTE,
                        new GuardAuthentication(
                                guarded.established(),
                                authorities.of(guarded.established().roles())));
                CsrfFilter.skipRequest(request);
            } else if (McpEntry.of(request).isPresent()) {
                CsrfFilter.skipRequest(request);
            }
        }
        if (request.getAttribute(ATTRIBUTE) instanceof GuardAuthentication authentication) {
            SecurityContext context = holder.createEmptyContext();
            context.setAuthentication(authentication);
            holder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
