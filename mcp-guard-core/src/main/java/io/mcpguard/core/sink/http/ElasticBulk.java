package io.mcpguard.core.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The bulk API of Elasticsearch and OpenSearch. The address is that of the cluster, such as {@code https://elastic.example.com:9200}.
 *
 * <p>Each event is created under its own id, so that one that is sent again, by whatever process, is there once. An index as well
 * as a data stream will do; in a data stream an event may be there twice when it was sent again just after a rollover.
 *
 * @since 0.1
 */
public final class ElasticBulk extends HttpTemplate {

    /** What Elastic allows in a name, without what would be a path or a date to compute. */
    private static final Pattern INDEX = Pattern.compile("[a-z0-9][a-z0-9._-]{0,199}");

    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,80}");
    private static final int MOST_BYTES = 5_000_000;
    private static final int CONFLICT = 409;

    private final String index;
    private final @Nullable Secret apiKey;
    private final @Nullable String user;
    private final @Nullable Secret password;

    private ElasticBulk(String index, @Nullable Secret apiKey, @Nullable String user, @Nullable Secret password) {
        this.index = index;
        this.apiKey = apiKey;
        this.user = user;
        this.password = password;
    }

    /**
     * Describes an index or data stream of a cluster without authentication.
     *
     * @param index its name
     * @return what is sent there
     */
    public static ElasticBulk into(String index) {
        return new ElasticBulk(Objects.requireNonNull(index, "index"), null, null, null);
    }

    /**
     * Signs in with an API key.
     *
     * @param key the key as Elasticsearch calls it {@code encoded}
     * @return a copy with that
     */
    public ElasticBulk apiKey(Secret key) {
        return new ElasticBulk(index, Objects.requireNonNull(key, "key"), user, password);
    }

    /**
     * Signs in with name and password.
     *
     * @param name the user
     * @param secret the password
     * @return a copy with that
     */
    public ElasticBulk login(String name, Secret secret) {
        return new ElasticBulk(
                index, apiKey, Objects.requireNonNull(name, "name"), Objects.requireNonNull(secret, "secret"));
    }

    @Override
    String service() {
        return "Elastic";
    }

    @Override
    List<String> problems(AuditFormat format) {
        List<String> problems = new ArrayList<>();
        if (!INDEX.matcher(index).matches()) {
            problems.add("index is not the name of one: lower-case letters, digits, '.', '_' and '-'");
        }
        if (!isJson(format)) {
            problems.add("format has to be one of JSON, such as ecs");
        }
        if (apiKey != null) {
            apiKey.problem("token").ifPresent(problems::add);
        }
        if (apiKey != null && user != null) {
            problems.add("token and user are two ways to sign in; set one");
        }
        if (user != null && (user.isBlank() || user.contains(":"))) {
            problems.add("user is empty or holds a ':'");
        }
        return problems;
    }

    @Override
    int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    URI endpoint(URI address) {
        return below(address, "/" + index + "/_bulk?filter_path=errors,items.*.status,items.*.error.type");
    }

    @Override
    String piece(AuditEvent event, String record, boolean json) {
        return "{\"create\":{\"_id\":\"" + event.id() + "\"}}\n" + record + "\n";
    }

    @Override
    Map<String, String> headers(byte[] body, AuditFormat format, Instant now) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/x-ndjson");
        if (apiKey != null) {
            headers.put("Authorization", "ApiKey " + apiKey.reveal());
        } else if (password != null) {
            byte[] login = (user + ":" + password.reveal()).getBytes(UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return headers;
    }

    @Override
    Receipt receipt(Answer answer, int events) {
        JsonNode items = answer.object().map(root -> root.path("items")).orElse(null);
        if (items == null || items.size() != events) {
            return new Receipt.Strange("it does not answer as a bulk request is answered; look at the address");
        }
        BitSet missing = new BitSet();
        String why = "";
        for (int i = 0; i < events; i++) {
            JsonNode item = items.path(i).path("create");
            int status = item.path("status").intValue(0);
            // A conflict is an event that it has already.
            if (status != CONFLICT && (status < 200 || status > 299)) {
                missing.set(i);
                why = why.isEmpty() ? said(status, item.path("error").path("type")) : why;
            }
        }
        return missing.isEmpty() ? new Receipt.Kept() : new Receipt.Partly(missing, why);
    }

    private static String said(int status, JsonNode type) {
        Optional<String> error =
                type.stringValueOpt().filter(text -> ERROR.matcher(text).matches());
        String named = error.map(text -> ", " + text).orElse("");
        String code = " (" + status + named + ")";
        return switch (status) {
            case 403 -> "the index may not be written now, or not by who sends" + code;
            case 404 -> "there is no such index, and none is made; look at the setting index" + code;
            case 429, 500, 502, 503, 504 -> "it is busy, or has a problem of its own" + code;
            default -> "look at the mapping of the index and at the setting format" + code;
        };
    }

    @Override
    String advice(Answer answer) {
        return switch (answer.status()) {
            case 401 -> "it does not know who sends; look at the setting token, or at user and password";
            case 403 -> "who sends may not create documents in the index; look at the rights of the key or user";
            case 404 -> "there is no such index, and it may not be made; look at the settings index and address";
            default -> "it does not take the request; look at the settings address, index and format";
        };
    }

    @Override
    boolean confirms() {
        return true;
    }
}
