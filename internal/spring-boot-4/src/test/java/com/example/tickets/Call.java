package com.example.tickets;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * One call, as REST clients and as AI clients make it.
 *
 * @param operation its id
 * @param method the HTTP method
 * @param path what follows the path of the API
 * @param body the JSON of the body, or empty
 * @param arguments the arguments of the tool besides operation and body
 */
record Call(String operation, String method, String path, String body, String arguments) {

    static Call get(String operation, String path) {
        return new Call(operation, "GET", path, "", "");
    }

    Call with(String given) {
        return new Call(operation, method, path, body, given);
    }

    HttpRequest.Builder rest(Service service, Shape shape, String... headers) {
        HttpRequest.Builder request = service.request(shape.api() + path, headers);
        return body.isEmpty()
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(shape.spelled(body)));
    }

    HttpRequest.Builder mcp(Service service, Shape shape, String... headers) {
        String all = "{\"endpoint_id\":\"" + operation + "\"" + (arguments.isEmpty() ? "" : "," + arguments)
                + (body.isEmpty() ? "" : ",\"body\":" + shape.spelled(body)) + "}";
        return service.tool(shape.mcp(), "execute_endpoint", all, headers);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
