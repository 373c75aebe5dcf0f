package io.mcpguard.testkit.parity;

import io.mcpguard.testkit.McpAnswer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one caller is shown over MCP.
 *
 * @param ids the operations, in the order listed; none for a caller whom the endpoint does not know
 * @param periods names of the profile's rate limits with their periods as they are described
 */
record Exposed(Set<String> ids, Map<String, String> periods) {

    /** Reads the listing to its end, and describes what is not described yet. */
    static Exposed to(ParityCaller caller, Doors doors, Map<String, Described> described) {
        Set<String> ids = new LinkedHashSet<>();
        Map<String, String> periods = new LinkedHashMap<>();
        Map<String, String> page = Map.of();
        while (true) {
            McpAnswer answer = doors.tool("list_endpoints", page, caller);
            if (answer.status() == 401 || answer.status() == 403) {
                return new Exposed(Set.of(), Map.of());
            }
            Tree listing = Doors.content(answer);
            if (!listing.has("endpoints")) {
                throw new AssertionError(
                        caller + " was not told by list_endpoints what there is, but " + answer.status()
                                + " " + answer.message()
                                + "; a profile of this test shows its operations as 'tools: fixed' and lists without a limit that "
                                + "the test reaches");
            }
            listing.at("endpoints")
                    .items()
                    .forEach(each -> ids.add(each.at("endpoint_id").text()));
            if (!listing.has("next_cursor")) {
                break;
            }
            page = Map.of("cursor", listing.at("next_cursor").text());
        }
        for (String id : ids) {
            if (!described.containsKey(id) || periods.isEmpty()) {
                describe(id, caller, doors, described, periods);
            }
        }
        return new Exposed(ids, periods);
    }

    private static void describe(
            String id,
            ParityCaller caller,
            Doors doors,
            Map<String, Described> described,
            Map<String, String> periods) {
        McpAnswer answer = doors.tool("endpoint_details", Map.of("endpoint_id", id), caller);
        Tree details = Doors.content(answer);
        List<Tree> methods = details.at("methods").items();
        if (methods.isEmpty()) {
            throw new AssertionError(caller + " is shown " + id + " but not how to call it: " + answer.status() + " "
                    + answer.message());
        }
        described.putIfAbsent(id, Described.of(details));
        for (Tree limit : details.at("limits").at("of_profile").items()) {
            if (limit.has("period")) {
                periods.put(limit.at("name").text(), limit.at("period").text());
            }
        }
    }
}
