package io.mcpguard.jaxrs.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.jaxrs.testbed.Guards;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the trail says of an answer is what the caller got: once, and with the same status. */
abstract class RecordContract extends Mounted {

    private static final List<String> WITH_KEY = List.of("Authorization", KEY);
    private static final List<String> ALICE =
            List.of("Authorization", "Bearer alice", "X-Profile-ID", "people", "X-Client-ID", "assistant");
    private static final List<String> NO_PROFILE = List.of("Authorization", "Bearer alice");

    private static final List<Stage> RAN = List.of(Stage.INTENT, Stage.OUTCOME);
    private static final List<Stage> REFUSED = List.of(Stage.DENIED);
    private static final List<Stage> NOTHING = List.of();

    /** A request and what becomes of it. */
    record Case(String method, String target, List<String> headers, int status, List<Stage> stages) {
        Case with(String... more) {
            List<String> all = new ArrayList<>(headers);
            all.addAll(List.of(more));
            return new Case(method, target, all, status, stages);
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("GET", "/items/7", WITH_KEY, 200, RAN),
                new Case("GET", "/items/7", ALICE, 200, RAN),
                new Case("GET", "/items/7", NO_PROFILE, 200, NOTHING),
                new Case("GET", "/items/404", WITH_KEY, 404, RAN),
                new Case("GET", "/items/500", WITH_KEY, 500, RAN),
                new Case("GET", "/items/500", ALICE, 500, RAN),
                new Case("GET", "/nothing", WITH_KEY, 404, REFUSED),
                new Case("GET", "/nothing", ALICE, 404, REFUSED),
                new Case("GET", "/nothing", NO_PROFILE, 404, NOTHING),
                new Case("PATCH", "/items/7", WITH_KEY, 404, REFUSED),
                new Case("PATCH", "/items/7", ALICE, 405, REFUSED),
                new Case("PATCH", "/items/7", NO_PROFILE, 405, NOTHING),
                new Case("POST", "/items", WITH_KEY, 415, RAN).with("Content-Type", "text/plain"),
                new Case("POST", "/items", ALICE, 415, REFUSED).with("Content-Type", "text/plain"),
                new Case("GET", "/items/7", WITH_KEY, 406, RAN).with("Accept", "text/csv"),
                new Case("OPTIONS", "/items/7", WITH_KEY, 404, REFUSED),
                new Case("OPTIONS", "/items/7", NO_PROFILE, 200, NOTHING),
                new Case("DELETE", "/items/7", WITH_KEY, 403, RAN),
                new Case("DELETE", "/items/7", List.of("Authorization", "Bearer " + Guards.BOSS_KEY), 204, RAN),
                new Case("GET", "/odd/empty", WITH_KEY, 204, RAN),
                new Case("GET", "/odd/elsewhere", WITH_KEY, 303, RAN),
                new Case("GET", "/odd/conflict", WITH_KEY, 409, RAN),
                new Case("GET", "/odd/mistake", WITH_KEY, 500, RAN),
                new Case("GET", "/odd/checked", WITH_KEY, 500, RAN),
                new Case("GET", "/odd/nobodys", WITH_KEY, 500, RAN),
                new Case("GET", "/odd/chunks", WITH_KEY, 200, RAN),
                new Case("GET", "/items", WITH_KEY, 418, RAN).with("X-Trace", "tea"),
                new Case("GET", "/items", WITH_KEY, 500, RAN).with("X-Trace", "fail-before"),
                new Case("GET", "/items", WITH_KEY, 500, RAN).with("X-Trace", "fail-behind"),
                new Case("GET", "/odd/empty", WITH_KEY, 500, RAN).with("X-Trace", "fail-behind"),
                new Case("GET", "/items/7", WITH_KEY, 404, RAN).with("X-Trace", "to-purge"),
                new Case("GET", "/items/7", WITH_KEY, 404, RAN).with("X-Trace", "to-delete"),
                new Case("GET", "/items/7", ALICE, 404, RAN).with("X-Trace", "to-purge"),
                new Case("HEAD", "/odd/cookie", NO_PROFILE, 200, NOTHING));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_on_record_once_with_the_status_that_the_caller_got(Case that) {
        HttpResponse<String> response =
                wire.rest(that.method(), that.target(), that.headers().toArray(String[]::new));

        assertThat(response.statusCode()).isEqualTo(that.status());
        assertThat(response.body()).doesNotContain("secret");
        assertThat(service.trail.stages()).isEqualTo(that.stages());
        List<AuditEvent> events = service.trail.events();
        if (!events.isEmpty()) {
            AuditEvent last = events.get(events.size() - 1);
            assertThat(last.result().httpStatus()).hasValue(that.status());
            assertThat(events).extracting(AuditEvent::callId).containsOnly(last.callId());
        }
        assertThat(service.shop.items.served).doesNotContain("purge");
        if (that.status() != 204) {
            assertThat(service.shop.items.served).doesNotContain("delete 7");
        }
        if (that.stages().equals(REFUSED)) {
            assertThat(service.shop.items.served).isEmpty();
        }
    }
}
