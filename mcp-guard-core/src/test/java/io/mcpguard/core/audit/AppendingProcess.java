package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What a process does that is about to be killed: calls from many threads, each acknowledged record noted. */
final class AppendingProcess {

    private AppendingProcess() {}

    /** Takes the journal's folder, the file for acknowledgments, and the level of all records. */
    public static void main(String[] arguments) throws Exception {
        Events events = new Events(new SecureRandom());
        Acknowledgments acknowledged = Acknowledgments.write(Path.of(arguments[1]));
        Journal journal = Journal.builder(Path.of(arguments[0]), InstantSource.system(), events.ids)
                .segmentBytes(200_000)
                .levels(AuditLevels.all(AuditLevel.valueOf(arguments[2])))
                .open();
        for (int i = 0; i < 8; i++) {
            new Thread(() -> {
                        boolean room = true;
                        while (room) {
                            AuditEvent intent = events.intent();
                            journal.append(intent);
                            acknowledged.add(intent);
                            AuditEvent outcome = events.outcome(intent);
                            journal.append(outcome);
                            room = acknowledged.add(outcome);
                        }
                    })
                    .start();
        }
    }
}
