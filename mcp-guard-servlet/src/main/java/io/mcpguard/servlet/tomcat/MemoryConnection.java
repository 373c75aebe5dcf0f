package io.mcpguard.servlet.tomcat;

import jakarta.servlet.ServletConnection;

/** What the service may ask of a connection that there is not. */
record MemoryConnection(String id, boolean secure) implements ServletConnection {

    @Override
    public String getConnectionId() {
        return id;
    }

    @Override
    public String getProtocol() {
        return "http/1.1";
    }

    @Override
    public String getProtocolConnectionId() {
        return "";
    }

    @Override
    public boolean isSecure() {
        return secure;
    }
}
