package com.example.orders.guard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody who calls, with what they put into the headers of every request. */
record Caller(String name, Map<String, String> headers) {

    static Caller key(String name, String client, String profile, String key) {
        return of(name, client, profile).with("Authorization", "Bearer " + key);
    }

    static Caller user(String name, String client, String profile) {
        String login = name + ":" + name + "-in-tests";
        String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return of(name, client, profile).with("Authorization", "Basic " + basic);
    }

    static Caller of(String name, String client, String profile) {
        return new Caller(name, Map.of("X-Client-ID", client, "X-Profile-ID", profile));
    }

    Caller with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Caller(name, more);
    }

    Caller without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Caller(name, fewer);
    }

    @Override
    public String toString() {
        return name;
    }
}
