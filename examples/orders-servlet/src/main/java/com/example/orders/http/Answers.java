package com.example.orders.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers: JSON, and problem details (RFC 9457). */
public final class Answers {

    /** The one mapper of the service. */
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            409, "Conflict",
            422, "Unprocessable Content",
            500, "Internal Server Error");

    private Answers() {}

    public static void json(HttpServletResponse response, int status, Object body) throws IOException {
        write(response, status, "application/json", body);
    }

    public static void problem(HttpServletResponse response, int status, String detail) throws IOException {
        problem(response, status, detail, List.of());
    }

    static void problem(HttpServletResponse response, int status, String detail, List<Map<String, String>> errors)
            throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", TITLES.getOrDefault(status, "Error"));
        problem.put("status", status);
        problem.put("detail", detail);
        if (!errors.isEmpty()) {
            problem.put("errors", errors);
        }
        write(response, status, "application/problem+json", problem);
    }

    private static void write(HttpServletResponse response, int status, String type, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
