-- The audit trail of mcp-guard in PostgreSQL. Times are UTC. docs/audit-jdbc.md says what the columns hold.

CREATE TABLE IF NOT EXISTS mcp_guard_audit (
    event_id                 UUID NOT NULL,
    time_utc                 TIMESTAMP(6) NOT NULL,
    arrival                  BIGINT GENERATED ALWAYS AS IDENTITY,
    call_id                  UUID NOT NULL,
    stage                    VARCHAR(20) NOT NULL,
    channel                  VARCHAR(20) NOT NULL,
    allowed                  BOOLEAN NOT NULL,
    outcome                  VARCHAR(20) NOT NULL,
    http_status              INTEGER,
    rpc_code                 INTEGER,
    latency_micros           BIGINT,
    bytes_in                 BIGINT,
    bytes_out                BIGINT,
    port                     INTEGER NOT NULL,
    limit_permits            INTEGER,
    limit_remaining          INTEGER,
    limit_retry_after_millis BIGINT,
    sequence                 BIGINT,
    repeat_count             BIGINT,
    repeat_since_utc         TIMESTAMP(6),
    method                   VARCHAR(100) NOT NULL,
    operation_id             VARCHAR(255) NOT NULL,
    target                   VARCHAR(600) NOT NULL,
    client_id                VARCHAR(255) NOT NULL,
    profile_id               VARCHAR(255) NOT NULL,
    profile_version          VARCHAR(100) NOT NULL,
    principal                VARCHAR(255),
    credential_id            VARCHAR(255),
    reason                   VARCHAR(100) NOT NULL,
    detail                   VARCHAR(600) NOT NULL,
    limit_name               VARCHAR(255),
    address                  VARCHAR(100) NOT NULL,
    user_agent               VARCHAR(600),
    client_info              VARCHAR(600),
    protocol_version         VARCHAR(100),
    rpc_id                   VARCHAR(600),
    traceparent              VARCHAR(100),
    stream                   VARCHAR(100),
    prev_hash                VARCHAR(100),
    hash                     VARCHAR(100),
    PRIMARY KEY (event_id)
);

CREATE TABLE IF NOT EXISTS mcp_guard_audit_argument (
    event_id UUID NOT NULL,
    time_utc TIMESTAMP(6) NOT NULL,
    ordinal  INTEGER NOT NULL,
    pointer  VARCHAR(255),
    kept     VARCHAR(400) NOT NULL,
    piece_of VARCHAR(20),
    PRIMARY KEY (event_id, ordinal)
);

CREATE INDEX IF NOT EXISTS mcp_guard_audit_client ON mcp_guard_audit (client_id, time_utc);
CREATE INDEX IF NOT EXISTS mcp_guard_audit_operation ON mcp_guard_audit (operation_id, time_utc);
CREATE INDEX IF NOT EXISTS mcp_guard_audit_time ON mcp_guard_audit (time_utc);
CREATE INDEX IF NOT EXISTS mcp_guard_audit_call ON mcp_guard_audit (call_id);
CREATE INDEX IF NOT EXISTS mcp_guard_audit_arrival ON mcp_guard_audit (arrival);
CREATE INDEX IF NOT EXISTS mcp_guard_audit_argument_value ON mcp_guard_audit_argument (pointer, kept);
