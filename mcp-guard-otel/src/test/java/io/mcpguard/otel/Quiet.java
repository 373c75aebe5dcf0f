package io.mcpguard.otel;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The exporters log every failure, with its stack; tests make many on purpose. */
final class Quiet {

    private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry");

    private Quiet() {}

    static void exporters() {
        EXPORTERS.setLevel(Level.OFF);
    }
}
