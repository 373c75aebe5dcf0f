package io.mcpguard.jaxrs.testbed;

import io.mcpguard.jaxrs.testbed.Wire.Call;
import java.util.List;

/** Calls of every kind, good and bad, for both doors. */
public final class Calls {

    public static final List<Call> ALL = List.of(
            Call.of("get", "GET", "/items/7", ",\"path_params\":{\"id\":7}"),
            Call.of("get", "GET", "/items/404", ",\"path_params\":{\"id\":404}"),
            Call.of("get", "GET", "/items/500", ",\"path_params\":{\"id\":500}"),
            Call.of("list-items", "GET", "/items", ""),
            Call.of(
                    "list-items",
                    "GET",
                    "/items?color=RED&tag=a&tag=b%20c&size=3&shelf=top",
                    ",\"query_params\":{\"color\":\"RED\",\"tag\":[\"a\",\"b c\"],\"size\":3,\"shelf\":\"top\"}"),
            Call.of("list-items", "GET", "/items", ",\"headers\":{\"X-Trace\":\"tea\"}")
                    .traced("tea"),
            Call.of("create", "POST", "/items", ",\"body\":{\"name\":\"hat\",\"price\":3}")
                    .body("application/json", "{\"name\":\"hat\",\"price\":3}"),
            Call.of(
                            "reprice",
                            "PUT",
                            "/items/7/price",
                            ",\"path_params\":{\"id\":7},\"body\":{\"price\":5,\"reason\":\"a+b &c\"}")
                    .body("application/x-www-form-urlencoded", "price=5&reason=a%2Bb+%26c"),
            Call.of("delete", "DELETE", "/items/7", ",\"path_params\":{\"id\":7}"),
            Call.of("search", "GET", "/items/search?text=hat", ",\"query_params\":{\"text\":\"hat\"}"),
            Call.of("later", "GET", "/items/later", ""),
            Call.of("soon", "GET", "/items/soon", ""),
            Call.of("who", "GET", "/items/who", ""),
            Call.of(
                    "read-note",
                    "GET",
                    "/items/7/notes/first%20one",
                    ",\"path_params\":{\"id\":7,\"note\":\"first one\"}"));

    private Calls() {}
}
