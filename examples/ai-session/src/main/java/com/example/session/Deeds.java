package com.example.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers every call of the session, in the terms of the audit trail. */
final class Deeds {

    /**
     * One kind of call.
     *
     * @param channel the door: MCP or REST
     * @param profile the profile
     * @param target id of the operation, or the name of the tool when it concerns no operation
     * @param status HTTP status of the answer
     * @param reason {@code allowed}, or the code of the refusal
     */
    record Deed(String channel, String profile, String target, int status, String reason) {

        /** How a deed reads in a line. */
        @Override
        public String toString() {
            return channel + " " + profile + " " + target + " " + status + " " + reason;
        }
    }

    private final List<Deed> all = new ArrayList<>();
    private final Map<String, String> refusals = new TreeMap<>();

    void did(String channel, String profile, String target, int status) {
        all.add(new Deed(channel, profile, target, status, "allowed"));
    }

    /** A refusal names its call, so that the record of this very call can be asked for. */
    void wasRefused(String channel, String profile, String target, Answer answer) {
        all.add(new Deed(channel, profile, target, answer.status(), answer.refusal()));
        refusals.put(answer.body().path("instance").asString("").replace("urn:uuid:", ""), answer.refusal());
    }

    /** How often each kind of call was made. */
    Map<String, Integer> tally() {
        return tally(all);
    }

    static Map<String, Integer> tally(List<Deed> deeds) {
        Map<String, Integer> tally = new TreeMap<>();
        deeds.forEach(deed -> tally.merge(deed.toString(), 1, Integer::sum));
        return tally;
    }

    /** Call ids of the refusals, each with its code. */
    Map<String, String> refusals() {
        return Map.copyOf(refusals);
    }

    int count() {
        return all.size();
    }
}
