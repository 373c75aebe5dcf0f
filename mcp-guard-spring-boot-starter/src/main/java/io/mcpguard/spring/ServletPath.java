package io.mcpguard.spring;

import org.springframework.core.env.Environment;

/**
 * Where Spring Boot puts the dispatcher servlet below the context path.
 *
 * @since 0.1
 */
public final class ServletPath {

    private ServletPath() {}

    /**
     * Reads the path from the service's settings.
     *
     * @param environment the settings
     * @return empty for the usual place, else a path that starts with {@code /} and does not end with it
     */
    public static String of(Environment environment) {
        String path = environment.getProperty("spring.mvc.servlet.path", "").strip();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
