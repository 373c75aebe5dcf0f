package io.mcpguard.servlet.rest;

import io.mcpguard.core.door.RestRequest;
import io.mcpguard.servlet.exchange.RequestReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A servlet request as the guard sees it. What is read ahead is put back by {@code ReplayedRequest}. */
record ServletRestRequest(HttpServletRequest request) implements RestRequest {

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String rawPath() {
        return request.getRequestURI();
    }

    @Override
    public Optional<String> rawQuery() {
        return Optional.ofNullable(request.getQueryString());
    }

    @Override
    public List<String> header(String name) {
        return RequestReader.values(request, name);
    }

    @Override
    public long bodyBytes() {
        return request.getContentLengthLong();
    }

    @Override
    public byte[] readAhead() throws IOException {
        return request.getInputStream().readNBytes((int) request.getContentLengthLong());
    }
}
