package io.mcpguard.servlet.exchange;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Set;

/**
 * The way that a request has come, as the stack of its thread shows it.
 *
 * @since 0.1
 */
public final class Way {

    /** What containers call the parts that a request passes before it reaches a filter. Named, so as to need none of them. */
    private static final Set<String> PARTS =
            Set.of("org.apache.catalina.Valve", "org.eclipse.jetty.server.Handler", "io.undertow.server.HttpHandler");

    private Way() {}

    /**
     * Names the filters, servlets, valves and handlers that the request of this thread has come through.
     *
     * @return class names, innermost first
     */
    public static List<String> here() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                        .filter(Way::isPart)
                        .map(Class::getName)
                        .toList());
    }

    private static boolean isPart(Class<?> type) {
        return Filter.class.isAssignableFrom(type) || Servlet.class.isAssignableFrom(type) || isContainers(type);
    }

    private static boolean isContainers(Class<?> type) {
        if (PARTS.contains(type.getName())) {
            return true;
        }
        for (Class<?> above : type.getInterfaces()) {
            if (isContainers(above)) {
                return true;
            }
        }
        return type.getSuperclass() != null && isContainers(type.getSuperclass());
    }
}
