package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.core.format.CefFormat;
import io.mcpguard.core.format.EcsFormat;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.core.format.LeefFormat;
import io.mcpguard.core.format.OcsfFormat;
import io.mcpguard.core.format.SyslogFormat;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How {@code audit query} shows records, and what a format has to be told that no record holds. */
final class QueryFormat {

    /** The formats. */
    enum Name {
        /** Columns for people. */
        table,
        /** The same as table. */
        text,
        /** The guard's own JSON. */
        json,
        /** OCSF. */
        ocsf,
        /** Elastic Common Schema. */
        ecs,
        /** Common Event Format. */
        cef,
        /** Log Event Extended Format. */
        leef,
        /** RFC 5424. */
        syslog,
        /** RFC 4180. */
        csv
    }

    /** Records, one after the other, in one of the formats. */
    interface Rows {

        /** Comes before the first. */
        default void begin(PrintWriter out) {}

        void row(AuditEvent event, PrintWriter out);

        /** Comes after the last. */
        default void end(PrintWriter out) {}

        default boolean areForPeople() {
            return false;
        }
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people; one record a line for programs: json, ocsf, ecs, cef, leef, syslog;"
                    + " csv for spreadsheets.")
    private Name name = Name.table;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Service that the records are of; ocsf, ecs, cef, leef and syslog name it.")
    private String service = "";

    @Option(names = "--node", paramLabel = "NAME", description = "Host, pod or process that kept the journal.")
    private String node = "";

    @Option(
            names = "--enterprise-number",
            paramLabel = "N",
            description = "Your private enterprise number, which syslog needs for its structured data.")
    private long enterpriseNumber;

    /** The format that was asked for; says what it is not told. */
    Rows rows(ZoneId zone) {
        return switch (name) {
            case table, text -> new TableRows(zone);
            case csv -> new CsvRows();
            case json -> lines(new JournalJsonFormat());
            case ocsf -> lines(new OcsfFormat(reporter()));
            case ecs -> lines(new EcsFormat(reporter()));
            case cef -> lines(CefFormat.version0(reporter()));
            case leef -> lines(new LeefFormat(reporter()));
            case syslog -> lines(syslog());
        };
    }

    private static Rows lines(AuditFormat format) {
        return (event, out) -> out.println(format.format(event));
    }

    private static final class TableRows implements Rows {

        private final EventTable table;

        TableRows(ZoneId zone) {
            this.table = new EventTable(zone);
        }

        @Override
        public void row(AuditEvent event, PrintWriter out) {
            table.row(event, out);
        }

        @Override
        public void end(PrintWriter out) {
            table.end(out);
        }

        @Override
        public boolean areForPeople() {
            return true;
        }
    }

    /** RFC 4180 ends every line with both. */
    private static final class CsvRows implements Rows {

        private static final String END = "\r\n";

        @Override
        public void begin(PrintWriter out) {
            out.print(RecordCsv.head() + END);
        }

        @Override
        public void row(AuditEvent event, PrintWriter out) {
            out.print(RecordCsv.row(event) + END);
        }
    }

    private AuditFormat syslog() {
        AuditReporter reporter = reporter();
        if (enterpriseNumber == 0) {
            throw mistake("--format syslog needs --enterprise-number: the private enterprise number of whoever runs"
                    + " the service. IANA gives them out; 32473 is for examples.");
        }
        return told(() -> new SyslogFormat(reporter, enterpriseNumber));
    }

    private AuditReporter reporter() {
        if (service.isEmpty()) {
            throw mistake("--format " + name + " needs --service: the name of the service, which no record holds.");
        }
        AuditReporter reporter = told(() -> AuditReporter.of(service));
        return node.isEmpty() ? reporter : told(() -> reporter.onNode(node));
    }

    /** What a value must look like is said by whoever takes it. */
    private <T> T told(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw mistake(e.getMessage());
        }
    }

    private ParameterException mistake(@Nullable String what) {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        return new ParameterException(line, String.valueOf(what));
    }
}
