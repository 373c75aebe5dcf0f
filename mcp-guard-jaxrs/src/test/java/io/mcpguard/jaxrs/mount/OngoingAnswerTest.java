package io.mcpguard.jaxrs.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.Stage;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.Wire.Call;
import io.mcpguard.jaxrs.testbed.Wire.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a resource goes on writing after its method has returned. */
class OngoingAnswerTest extends Mounted {

    @Override
    Servers kind() {
        return Servers.MAIN;
    }

    @BeforeEach
    void nobodyWrites() throws InterruptedException {
        service.ticker.reset();
    }

    private HttpResponse<InputStream> open(String target, String key) throws IOException, InterruptedException {
        return wire.client()
                .send(
                        HttpRequest.newBuilder(wire.base().resolve(target))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String until(InputStream body, String piece) throws IOException {
        StringBuilder read = new StringBuilder();
        int next = 0;
        while (read.indexOf(piece) < 0 && next >= 0) {
            next = body.read();
            read.append((char) next);
        }
        return read.toString();
    }

    private void settled(Stage... stages) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(service.trail.stages()).containsExactly(stages));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ticker/events", "/ticker/chunks"})
    @Tag("jersey")
    void it_is_on_record_as_begun_and_at_its_end_as_what_it_was(String target) throws Exception {
        service.ticker.give("one");
        HttpResponse<InputStream> response = open(target, Guards.KEY);

        assertThat(response.statusCode()).isEqualTo(200);
        String first = until(response.body(), "one");
        assertThat(first).contains("one");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED);

        service.ticker.give("two");
        service.ticker.give("");
        String rest = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(rest).contains("two");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
        assertThat(last().result().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(last().result().bytesOut()).hasValue(first.length() + rest.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ticker/events", "/ticker/chunks"})
    @Tag("jersey")
    void it_does_not_begin_before_that_is_on_record(String target) throws Exception {
        service.trail.refuse(Stage.STARTED);
        service.ticker.give("one");
        HttpResponse<InputStream> response = open(target, Guards.KEY);
        String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(body).contains("\"code\":\"outcome-unrecorded\"").doesNotContain("one");
        settled(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().result().outcome()).isEqualTo(Outcome.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ticker/events", "/ticker/chunks"})
    @Tag("jersey")
    void it_counts_as_long_as_it_goes_on(String target) throws Exception {
        service.ticker.give("one");
        HttpResponse<InputStream> running = open(target, Guards.SINGLE_KEY);
        until(running.body(), "one");

        assertThat(wire.rest("GET", "/items/7", "Authorization", "Bearer " + Guards.SINGLE_KEY)
                        .statusCode())
                .isEqualTo(429);
        assertThat(service.shop.items.served).isEmpty();

        service.ticker.give("");
        running.body().readAllBytes();
        assertThat(wire.rest("GET", "/items/7", "Authorization", "Bearer " + Guards.SINGLE_KEY)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ticker/events", "/ticker/chunks"})
    @Tag("jersey")
    void one_whose_caller_hangs_up_is_on_record_as_a_failure(String target) throws Exception {
        service.ticker.give("one");
        HttpResponse<InputStream> response = open(target, Guards.KEY);
        until(response.body(), "one");

        response.body().close();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            service.ticker.give("x".repeat(100_000));
            assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
        });

        assertThat(last().result().outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    @Tag("resteasy")
    void where_its_end_cannot_be_seen_its_outcome_is_unknown() throws Exception {
        service.ticker.give("one");
        HttpResponse<InputStream> response = open("/ticker/events", Guards.KEY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(until(response.body(), "one")).contains("one");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
        assertThat(last().result().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(last().result().httpStatus()).hasValue(200);

        service.ticker.give("");
        response.body().readAllBytes();
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {Guards.KEY, "alice"})
    @Tag("resteasy")
    void where_its_end_cannot_be_seen_nothing_runs_without_a_record_of_its_start(String login) throws Exception {
        service.trail.refuse(Stage.STARTED);
        service.ticker.give("one");

        HttpResponse<String> response = wire.rest(
                "GET",
                "/ticker/events",
                "Authorization",
                "Bearer " + login,
                "X-Profile-ID",
                "alice".equals(login) ? "people" : "reader");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"outcome-unrecorded\"").doesNotContain("one");
        assertThat(service.ticker.hasRun()).isFalse();
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().result().outcome()).isEqualTo(Outcome.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "outputs"})
    @Tag("jersey")
    void over_mcp_the_whole_of_it_is_one_answer(String operation) {
        isOneAnswer(operation);
    }

    @Test
    @Tag("resteasy")
    void over_mcp_the_whole_of_it_is_one_answer_too() {
        isOneAnswer("events");
    }

    private void isOneAnswer(String operation) {
        service.ticker.give("one");
        CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(
                () -> wire.mcp(Call.of(operation, "GET", "", ""), "Bearer " + Guards.KEY));
        settled(Stage.INTENT);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(service.trail.stages()).containsExactly(Stage.INTENT));
        assertThat(answer).isNotDone();

        service.ticker.give("two");
        service.ticker.give("");

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(answer.join().body()).contains("one", "two");
        settled(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().result().outcome()).isEqualTo(Outcome.SUCCESS);
    }
}
