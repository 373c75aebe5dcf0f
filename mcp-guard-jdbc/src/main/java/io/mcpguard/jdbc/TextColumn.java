package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns that hold texts, in the order of every statement, each with the most characters that it holds. The shortest are as
 * long as an index can bear in each database. A text that is longer is cut in its column, and whole in rows of the second table.
 */
enum TextColumn {
    METHOD(100, event -> Optional.of(event.method())),
    OPERATION_ID(255, event -> Optional.of(event.target().operationId())),
    TARGET(600, event -> Optional.of(event.target().template())),
    CLIENT_ID(255, event -> Optional.of(event.caller().clientId())),
    PROFILE_ID(255, event -> Optional.of(event.caller().profileId())),
    PROFILE_VERSION(100, event -> Optional.of(event.caller().profileVersion())),
    PRINCIPAL(255, event -> event.caller().principal()),
    CREDENTIAL_ID(255, event -> event.caller().credentialId()),
    REASON(100, event -> Optional.of(event.verdict().reason())),
    DETAIL(600, event -> Optional.of(event.verdict().detail())),
    LIMIT_NAME(255, event -> event.verdict().limit().map(AuditLimit::name)),
    ADDRESS(100, event -> Optional.of(event.source().address())),
    USER_AGENT(600, event -> event.source().userAgent()),
    CLIENT_INFO(600, event -> event.source().clientInfo()),
    PROTOCOL_VERSION(100, event -> event.source().protocolVersion()),
    RPC_ID(600, event -> event.source().rpcId()),
    TRACEPARENT(100, event -> event.source().traceparent()),
    STREAM(100, event -> event.link().map(ChainLink::stream)),
    PREV_HASH(100, event -> event.link().map(ChainLink::previousHash)),
    HASH(100, event -> event.link().map(ChainLink::hash));

    private final int most;

    /** A function without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<AuditEvent, Optional<String>> part;

    TextColumn(int most, Function<AuditEvent, Optional<String>> part) {
        this.most = most;
        this.part = part;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    int most() {
        return most;
    }

    /** The part of an event that stands in the column. */
    Optional<String> of(AuditEvent event) {
        return part.apply(event);
    }

    /** What stands in the column for a text; the same for the same text always. */
    String stored(String text) {
        return StoredText.cut(StoredText.escape(text), most);
    }
}
