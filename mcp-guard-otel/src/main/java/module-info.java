/** Hands audit records on as OpenTelemetry log records. */
module io.mcpguard.otel {
    requires transitive io.mcpguard.api;
    requires transitive io.opentelemetry.exporter.otlp;
    requires transitive io.opentelemetry.sdk.logs;
    requires io.opentelemetry.api;
    requires io.opentelemetry.common;
    requires io.opentelemetry.sdk.common;

    exports io.mcpguard.otel;
}
