package io.mcpguard.servlet.testbed;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A small application, registered by the servlet API alone, so that every container runs the same. */
public final class Deployment {

    /** Where the container sends errors. */
    static final Map<Integer, String> ERROR_PAGES = Map.of(404, "/error", 500, "/error");

    private final Map<String, Consumer<ServletContext>> servlets = new LinkedHashMap<>();
    private final List<Consumer<ServletContext>> filters = new ArrayList<>();

    /** Adds a servlet. */
    public Deployment servlet(String name, String pattern, Servlet servlet) {
        return servlet(name, pattern, servlet, false);
    }

    Deployment servlet(String name, String pattern, Servlet servlet, boolean multipart) {
        servlets.put(name, context -> {
            ServletRegistration.Dynamic added = context.addServlet(name, servlet);
            added.setAsyncSupported(true);
            added.addMapping(pattern);
            if (multipart) {
                added.setMultipartConfig(
                        new MultipartConfigElement(System.getProperty("java.io.tmpdir"), 1 << 20, 1 << 20, 1 << 20));
            }
        });
        return this;
    }

    /** Leaves a servlet out that would be there otherwise. */
    public Deployment without(String name) {
        servlets.remove(name);
        return this;
    }

    /** Adds a filter for requests from outside, and for nothing else, at the end of the chain. */
    public Deployment filter(String name, String pattern, Filter filter) {
        filters.add(filtering(name, pattern, filter, EnumSet.of(DispatcherType.REQUEST)));
        return this;
    }

    /** Adds the guard's first filter at the end of the chain. */
    public Deployment entry(Filter filter) {
        filters.add(filtering("entry", "/*", filter, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC)));
        return this;
    }

    /** Adds a filter behind the guard's first one and before the service's. */
    public Deployment filterFirst(String name, String pattern, Filter filter) {
        filters.add(1, filtering(name, pattern, filter, EnumSet.of(DispatcherType.REQUEST)));
        return this;
    }

    private static Consumer<ServletContext> filtering(
            String name, String pattern, Filter filter, EnumSet<DispatcherType> types) {
        return context -> {
            FilterRegistration.Dynamic added = context.addFilter(name, filter);
            added.setAsyncSupported(true);
            added.addMappingForUrlPatterns(types, true, pattern);
        };
    }

    /** Registers everything with an application that starts. */
    public void register(ServletContext context) {
        filters.forEach(each -> each.accept(context));
        servlets.values().forEach(each -> each.accept(context));
    }
}
