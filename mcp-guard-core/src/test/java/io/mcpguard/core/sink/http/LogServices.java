package io.mcpguard.core.sink.http;

import io.mcpguard.core.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** The services, as their protocols are documented. */
final class LogServices {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LogServices() {}

    /** The elements of an array, or what stands one after the other. */
    private static List<JsonNode> documents(String body) {
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(body)) {
            return values.readAll();
        }
    }

    /** HTTP Event Collector: events one after the other; acknowledged on another path. */
    static final class Splunk extends LogService {
        private final boolean acknowledging;
        private final Map<String, Integer> tickets = new ConcurrentHashMap<>();
        private final Set<String> lostTickets = ConcurrentHashMap.newKeySet();

        Splunk(@Nullable TestCertificate certificate, boolean acknowledging) {
            super(certificate);
            this.acknowledging = acknowledging;
        }

        private static boolean asks(Seen request) {
            return request.uri().getPath().equals("/services/collector/ack");
        }

        @Override
        List<String> records(Seen request) {
            return asks(request)
                    ? List.of()
                    : documents(request.body()).stream()
                            .map(event -> JsonOutput.text(event.path("event")))
                            .toList();
        }

        @Override
        Reply success(Seen request, int events, boolean lost) {
            String channel = String.valueOf(request.headers().getFirst("X-Splunk-Request-Channel"));
            if (asks(request)) {
                List<String> acks = new ArrayList<>();
                documents(request.body())
                        .get(0)
                        .path("acks")
                        .forEach(ticket ->
                                acks.add("\"" + ticket + "\":" + !lostTickets.contains(channel + ticket.asString())));
                return new Reply(200, "{\"acks\":{" + String.join(",", acks) + "}}");
            }
            String ticket = "";
            if (acknowledging) {
                int number = tickets.merge(channel, 1, Integer::sum) - 1;
                ticket = ",\"ackId\":" + number;
                if (lost) {
                    lostTickets.add(channel + number);
                }
            }
            return new Reply(200, "{\"text\":\"Success\",\"code\":0" + ticket + "}");
        }
    }

    /** Bulk: an action and a document in turn; an id is created once. */
    static final class Elastic extends LogService {
        private final Set<String> ids = new HashSet<>();
        private final Set<String> refused = new HashSet<>();
        private volatile int refusing = -1;

        Elastic(@Nullable TestCertificate certificate) {
            super(certificate);
        }

        /** Refuses the document at this place of each request, as with a mapping that it does not fit; -1 for none. */
        void refusing(int place) {
            refusing = place;
        }

        @Override
        List<String> records(Seen request) {
            List<String> lines = request.body().lines().toList();
            List<String> records = new ArrayList<>();
            for (int i = 0; i < lines.size(); i += 2) {
                assertAction(lines.get(i), lines.get(i + 1));
                records.add(lines.get(i + 1));
            }
            return records;
        }

        private static void assertAction(String action, String document) {
            String id = documents(action).get(0).path("create").path("_id").stringValue("");
            if (!parse(document).id().toString().equals(id)) {
                throw new AssertionError(action);
            }
        }

        @Override
        synchronized boolean keep(String record) {
            String id = parse(record).id().toString();
            return !refused.contains(id) && ids.add(id) && super.keep(record);
        }

        @Override
        synchronized Reply success(Seen request, int events, boolean lost) {
            refused.clear();
            List<String> records = records(request);
            StringBuilder items = new StringBuilder();
            for (int i = 0; i < events; i++) {
                String id = parse(records.get(i)).id().toString();
                int status = ids.contains(id) ? 409 : 201;
                String error = status == 409 ? ",\"error\":{\"type\":\"version_conflict_engine_exception\"}" : "";
                if (i == refusing) {
                    status = 400;
                    refused.add(id);
                    error = ",\"error\":{\"type\":\"document_parsing_exception\",\"reason\":\"secret-value\"}";
                }
                items.append(i == 0 ? "" : ",")
                        .append("{\"create\":{\"status\":")
                        .append(status)
                        .append(error)
                        .append("}}");
            }
            return new Reply(200, "{\"errors\":" + (refusing >= 0) + ",\"items\":[" + items + "]}");
        }
    }

    /** The logs intake: an array, whose messages are the records. */
    static final class Datadog extends LogService {
        Datadog(@Nullable TestCertificate certificate) {
            super(certificate);
        }

        @Override
        List<String> records(Seen request) {
            return documents(request.body()).stream()
                    .map(log -> log.path("message").stringValue(""))
                    .toList();
        }

        @Override
        Reply success(Seen request, int events, boolean lost) {
            return new Reply(202, "{}");
        }
    }

    /** A receiver of arrays, or of lines. */
    static final class Hook extends LogService {
        Hook(@Nullable TestCertificate certificate) {
            super(certificate);
        }

        @Override
        List<String> records(Seen request) {
            return documents(request.body()).stream().map(JsonOutput::text).toList();
        }

        @Override
        Reply success(Seen request, int events, boolean lost) {
            return new Reply(204, "");
        }
    }
}
