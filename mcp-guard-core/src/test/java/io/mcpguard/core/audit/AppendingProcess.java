package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What a process does that is about to be killed: calls from many threads, each acknowledged record printed. */
final class AppendingProcess {

    private AppendingProcess() {}

    public static void main(String[] arguments) {
        Events events = new Events(new SecureRandom());
        Journal journal = Journal.builder(Path.of(arguments[0]), InstantSource.system(), events.ids)
                .segmentBytes(200_000)
                .open();
        PrintStream out = new PrintStream(System.out, true);
        for (int i = 0; i < 8; i++) {
            new Thread(() -> {
                        while (true) {
                            AuditEvent intent = events.intent();
                            journal.append(intent);
                            out.println("INTENT " + intent.callId());
                            AuditEvent outcome = events.outcome(intent);
                            journal.append(outcome);
                            out.println("OUTCOME " + intent.callId());
                        }
                    })
                    .start();
        }
    }
}
