package io.mcpguard.spring.security;

import io.mcpguard.error.ConfigurationException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Refuses to start where the MCP servlet would make the service answer every request with 500.
 *
 * <p>Spring Security 6 cannot tell what a rule given as plain text means once Spring MVC is below a path of its own and there is
 * another servlet, and says so only when a request comes. So one is made up, for the MCP endpoint, and put to each rule.
 */
final class UndecidedRules implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(UndecidedRules.class);

    /** How Spring Security begins its complaint. */
    private static final String COMPLAINT = "This method cannot decide whether these patterns are Spring MVC patterns";

    private final ObjectProvider<SecurityFilterChain> chains;
    private final ServletContext context;
    private final String servletPath;
    private final String endpoint;

    UndecidedRules(
            ObjectProvider<SecurityFilterChain> chains, ServletContext context, String servletPath, String endpoint) {
        this.chains = chains;
        this.context = context;
        this.servletPath = servletPath;
        this.endpoint = endpoint;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (servletPath.isEmpty()) {
            return;
        }
        HttpServletRequest request = request();
        for (SecurityFilterChain chain : chains) {
            attempt(() -> chain.matches(request));
            for (Filter filter : chain.getFilters()) {
                if (filter instanceof AuthorizationFilter authorization) {
                    attempt(() -> authorization.getAuthorizationManager().authorize(UndecidedRules::nobody, request));
                }
            }
        }
    }

    /** Any other failure is that of the made-up request and says nothing about a real one. */
    private void attempt(Runnable rule) {
        try {
            rule.run();
        } catch (RuntimeException e) {
            String message = e.getMessage();
            if (message != null && message.startsWith(COMPLAINT)) {
                throw new ConfigurationException(
                        "the security rules of this service",
                        "with spring.mvc.servlet.path=" + servletPath + " and the MCP endpoint beside it, Spring"
                                + " Security 6 cannot tell what rules given as plain text mean and would refuse every"
                                + " request; give them as PathPatternRequestMatcher.withDefaults().basePath(\""
                                + servletPath + "\").matcher(\"/...\")");
            }
            LOG.debug("A rule could not be tried out", e);
        }
    }

    private static Authentication nobody() {
        return new AnonymousAuthenticationToken(
                "mcp-guard", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, this::answer);
    }

    private @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "getServletContext" -> context;
            case "getMethod" -> "POST";
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "getContextPath" -> context.getContextPath();
            case "getServletPath" -> endpoint;
            case "getRequestURI" -> context.getContextPath() + endpoint;
            case "isAsyncStarted", "isAsyncSupported", "isSecure", "isUserInRole" -> false;
            case "toString" -> "POST " + endpoint;
            default -> method.getReturnType() == int.class ? (Object) 0 : null;
        };
    }
}
