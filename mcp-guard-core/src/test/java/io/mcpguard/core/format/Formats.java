package io.mcpguard.core.format;

import io.mcpguard.audit.AuditFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Every format of core, as the golden files have it. */
final class Formats {

    private Formats() {}

    /** Folder of the golden files, and the format. */
    static Map<String, AuditFormat> all() {
        Map<String, AuditFormat> all = new LinkedHashMap<>();
        all.put("ocsf", new OcsfFormat(SampleEvents.ORIGIN));
        all.put("ecs", new EcsFormat(SampleEvents.ORIGIN));
        all.put("cef", CefFormat.of(SampleEvents.ORIGIN, 0));
        all.put("cef-1", CefFormat.of(SampleEvents.ORIGIN, 1));
        all.put("leef", new LeefFormat(SampleEvents.ORIGIN));
        all.put("syslog", syslog());
        all.put("syslog-cef", syslog().carrying(CefFormat.of(SampleEvents.ORIGIN, 0)));
        all.put("json", new JournalJsonFormat());
        return all;
    }

    static AuditFormat named(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    static SyslogFormat syslog() {
        return new SyslogFormat(SampleEvents.REPORTER, SampleEvents.ENTERPRISE_NUMBER);
    }
}
