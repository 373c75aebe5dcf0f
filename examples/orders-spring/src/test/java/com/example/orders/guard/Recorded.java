package com.example.orders.guard;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.Stage;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a record says, without what no two calls have in common: ids, times, sizes, the door and how full the limit was. */
record Recorded(
        Stage stage,
        AuditTarget target,
        AuditCaller caller,
        boolean allowed,
        String reason,
        String detail,
        String limit,
        AuditResult.Outcome outcome,
        OptionalInt httpStatus,
        Map<String, String> arguments) {

    static Recorded of(AuditEvent event) {
        return new Recorded(
                event.stage(),
                event.target(),
                event.caller(),
                event.verdict().allowed(),
                event.verdict().reason(),
                event.verdict().detail(),
                event.verdict().limit().map(AuditLimit::name).orElse(""),
                event.result().outcome(),
                event.result().httpStatus(),
                new TreeMap<>(event.arguments()));
    }
}
