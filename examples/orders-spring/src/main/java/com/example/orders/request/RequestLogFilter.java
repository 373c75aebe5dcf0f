package com.example.orders.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request an id, in the answer and in the log, and writes the access line at its end. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class RequestLogFilter extends OncePerRequestFilter {
    static final String HEADER = "X-Request-Id";

    private static final Logger ACCESS = LoggerFactory.getLogger("com.example.orders.access");
    private static final Pattern ACCEPTABLE_ID = Pattern.compile("[A-Za-z0-9-]{8,64}");
    private static final String ID = RequestLogFilter.class.getName() + ".id";
    private static final String STARTED = RequestLogFilter.class.getName() + ".started";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(ID) == null) {
            request.setAttribute(ID, idOf(request.getHeader(HEADER)));
            request.setAttribute(STARTED, System.nanoTime());
        }
        String id = (String) request.getAttribute(ID);
        response.setHeader(HEADER, id);
        MDC.put("requestId", id);
        try {
            chain.doFilter(request, response);
        } finally {
            if (!isAsyncStarted(request)) {
                logAccess(request, response);
            }
            MDC.remove("requestId");
            MDC.remove(CallerLogFilter.KEY);
        }
    }

    /** The end of an asynchronous request is seen in its last dispatch only. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static void logAccess(HttpServletRequest request, HttpServletResponse response) {
        long millis = (System.nanoTime() - (long) request.getAttribute(STARTED)) / 1_000_000;
        // The URI is still encoded here, so that it cannot break the line.
        ACCESS.info("{} {} {} {} ms", request.getMethod(), request.getRequestURI(), response.getStatus(), millis);
    }

    private static String idOf(@Nullable String wanted) {
        boolean acceptable = wanted != null && ACCEPTABLE_ID.matcher(wanted).matches();
        return acceptable ? wanted : UUID.randomUUID().toString();
    }
}
