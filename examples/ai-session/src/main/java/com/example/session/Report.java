package com.example.session;

import java.io.PrintStream;

/** Prints the session as it goes. */
final class Report {

    private static final int WIDTH = 110;
    private static final int TABLE_WIDTH = 160;

    private final PrintStream out;
    private int steps;

    Report(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        steps++;
        out.printf("%n%2d. %s%n", steps, title);
    }

    /** Prints a line, cut at the width of a terminal. */
    void say(String line) {
        say(line, WIDTH);
    }

    /** Prints a row of a table, which needs more room. */
    void sayWide(String row) {
        say(row, TABLE_WIDTH);
    }

    private void say(String line, int width) {
        out.println("    " + (line.length() > width ? line.substring(0, width - 3) + "..." : line));
    }

    /** Prints what holds, or ends the session when it does not. */
    void expect(boolean holds, String what) {
        expect(holds, what, "");
    }

    /** The same; {@code found} is shown only when it does not hold. */
    void expect(boolean holds, String what, Object found) {
        if (!holds) {
            String shown = String.valueOf(found);
            throw new Unexpected(
                    "this should hold but does not: " + what + (shown.isEmpty() ? "" : "; found: " + shown));
        }
        say("ok: " + what);
    }
}
