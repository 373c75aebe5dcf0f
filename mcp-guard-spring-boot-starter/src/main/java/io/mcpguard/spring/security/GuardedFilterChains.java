package io.mcpguard.spring.security;

import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/**
 * Puts the guard into every filter chain of the service: a caller with a guard-issued key is established before anything
 * authenticates, and the gate stands between authentication and authorization.
 *
 * <p>A chain without filters, for what the service's security ignores, stays as it is; there the gate at the end of the
 * servlet filters decides.
 */
final class GuardedFilterChains implements BeanPostProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedFilterChains.class);

    private final Supplier<Filter> authentication;
    private final Supplier<Filter> gate;

    GuardedFilterChains(Supplier<Filter> authentication, Supplier<Filter> gate) {
        this.authentication = authentication;
        this.gate = gate;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof DefaultSecurityFilterChain chain
                && !chain.getFilters().isEmpty()) {
            List<Filter> filters = new ArrayList<>(chain.getFilters());
            filters.add(placeOfGate(filters), gate.get());
            filters.add(placeOfAuthentication(filters), authentication.get());
            return new DefaultSecurityFilterChain(chain.getRequestMatcher(), filters);
        }
        if (bean instanceof SecurityFilterChain && !(bean instanceof DefaultSecurityFilterChain)) {
            LOG.warn(
                    "The filter chain {} of type {} cannot take the guard in: there, keys establish nobody and are refused",
                    beanName,
                    bean.getClass().getName());
        }
        return bean;
    }

    /** Behind the filter that loads a context from the session, which would replace ours. */
    private static int placeOfAuthentication(List<Filter> filters) {
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i) instanceof SecurityContextHolderFilter
                    || filters.get(i).getClass().getSimpleName().equals("SecurityContextPersistenceFilter")) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int placeOfGate(List<Filter> filters) {
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i) instanceof AuthorizationFilter
                    || filters.get(i).getClass().getSimpleName().equals("FilterSecurityInterceptor")) {
                return i;
            }
        }
        return filters.size();
    }
}
