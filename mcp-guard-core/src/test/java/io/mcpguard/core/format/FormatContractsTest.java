package io.mcpguard.core.format;

import io.mcpguard.audit.AuditFormat;
import io.mcpguard.testkit.contract.AuditFormatContract;
import org.junit.jupiter.api.Nested;

/** Every format keeps the rules of the SPI. */
class FormatContractsTest {

    @Nested
    class Ocsf extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return new OcsfFormat(SampleEvents.REPORTER);
        }
    }

    @Nested
    class Ecs extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return new EcsFormat(SampleEvents.REPORTER);
        }
    }

    @Nested
    class Cef0 extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return CefFormat.version0(SampleEvents.REPORTER);
        }
    }

    @Nested
    class Cef1 extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return CefFormat.version1(SampleEvents.REPORTER);
        }
    }

    @Nested
    class Leef extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return new LeefFormat(SampleEvents.REPORTER);
        }
    }

    @Nested
    class Syslog extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return Formats.syslog();
        }
    }

    @Nested
    class SmallSyslog extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return Formats.syslog().withMaxBytes(1024);
        }
    }

    @Nested
    class SyslogOfLeef extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return Formats.syslog().carrying(new LeefFormat(SampleEvents.REPORTER));
        }
    }

    @Nested
    class JournalJson extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return new JournalJsonFormat();
        }
    }
}
