package com.example.session;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** What {@code ./quickstart} runs. Exit code 0 means that everything did what it should, 1 that something did not. */
public final class Main {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private Main() {}

    /**
     * Runs one of two commands.
     *
     * @param args {@code ready LOG PID HEALTH}: waits until the service says in its log which port it is on and answers 200 at
     *     the path HEALTH, and prints the port; {@code play CONNECTION CLI}: plays the session
     *     against the service of the connection file and asks the audit trail by the command line tool
     */
    public static void main(String[] args) {
        try {
            switch (args.length == 0 ? "" : args[0]) {
                case "ready" ->
                    System.out.println(
                            new Readiness(Path.of(args[1]), Long.parseLong(args[2]), args[3]).await(START_LIMIT));
                case "play" -> {
                    Connection connection = Connection.read(Path.of(args[1]));
                    AuditQuery audit = new AuditCommand(Path.of(args[2]), connection.journal());
                    new OrdersSession(connection, audit, InstantSource.system(), new Report(System.out)).play();
                }
                default -> throw new Unexpected("say ready LOG PID HEALTH or play CONNECTION CLI");
            }
        } catch (Unexpected e) {
            System.out.flush();
            System.err.println("FAILED: " + e.getMessage());
            System.exit(1);
        }
    }
}
