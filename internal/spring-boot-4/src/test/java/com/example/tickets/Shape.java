package com.example.tickets;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to set up the service.
 *
 * @param stateless no sessions and no CSRF protection, else both
 * @param virtualThreads one for each request; they need JDK 21
 * @param contextPath where the service is
 * @param servletPath where Spring MVC is below it
 * @param names how JSON properties are spelled, in the words of Spring Boot; empty for as declared
 */
record Shape(boolean stateless, boolean virtualThreads, String contextPath, String servletPath, String names) {

    List<String> properties() {
        List<String> properties = new ArrayList<>(List.of(
                "tickets.stateless=" + stateless,
                "spring.threads.virtual.enabled=" + virtualThreads,
                "server.servlet.context-path=" + contextPath));
        if (!servletPath.isEmpty()) {
            properties.add("spring.mvc.servlet.path=" + servletPath);
        }
        if (!names.isEmpty()) {
            properties.add("spring.jackson.property-naming-strategy=" + names);
        }
        return properties;
    }

    String dueOn() {
        return names.equals("SNAKE_CASE") ? "due_on" : "dueOn";
    }

    /** A body as this shape of the service spells it. */
    String spelled(String body) {
        return body.replace("dueOn", dueOn());
    }

    String api() {
        return contextPath + servletPath + "/api/tickets";
    }

    String mcp() {
        return contextPath + "/mcp";
    }
}
