package com.example.orders;

import com.example.orders.security.Users;
import java.nio.file.Path;

/**
 * Where the service listens and what it reads.
 *
 * @param port a port of 127.0.0.1, 0 for a free one
 * @param guardHome the folder that {@code mcp-guard init} made
 * @param users who may sign in
 */
record Settings(int port, Path guardHome, Users users) {

    private static final String USAGE =
            "orders-jaxrs [--port N] [--guard-home DIR] [--users FILE]; a line of FILE is: " + "NAME PASSWORD ROLE...";

    static Settings of(String... args) {
        Settings settings = new Settings(8080, Path.of("mcp-guard"), Users.none());
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        for (int i = 0; i < args.length; i += 2) {
            settings = settings.with(args[i], args[i + 1]);
        }
        return settings;
    }

    private Settings with(String name, String value) {
        return switch (name) {
            case "--port" -> new Settings(Integer.parseInt(value), guardHome, users);
            case "--guard-home" -> new Settings(port, Path.of(value), users);
            case "--users" -> new Settings(port, guardHome, Users.read(Path.of(value)));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }
}
