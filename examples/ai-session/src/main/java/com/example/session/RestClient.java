package com.example.session;

import com.example.session.Connection.Access;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A REST caller with the same key. */
final class RestClient {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;
    private final Access access;

    RestClient(URI base, Access access) {
        this.base = base;
        this.access = access;
    }

    /**
     * One answer.
     *
     * @param status HTTP status
     * @param body the JSON body
     */
    record Reply(int status, JsonNode body) {}

    Reply read(String path) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + access.credential())
                .header("X-Client-ID", access.clientId())
                .header("X-Profile-ID", access.profileId())
                .build();
        HttpResponse<String> response = ModernClient.send(http, request);
        return new Reply(response.statusCode(), MAPPER.readTree(response.body()));
    }
}
