package io.mcpguard.servlet.entry;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Product;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.testbed.TestService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a call does, its intent is on record before it runs and its end before its answer leaves: random sequences of calls that
 * succeed, throw, run out of stack, answer as streams, are refused, or lose their client.
 */
@Timeout(120)
class EveryCallIsOnRecordTest {

    private static final int CALLS = 240;
    private static final Set<Stage> ENDS = EnumSet.of(Stage.OUTCOME, Stage.DENIED, Stage.PANIC);
    private static final List<String> WAYS =
            List.of("succeed", "throw", "panic", "overflow", "stream", "hang", "nothing-of-the-kind");

    private final AtomicInteger runs = new AtomicInteger();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final TestService service =
            TestService.start(settings -> settings.features(() -> List.of(new ProductFeatures(
                            new Product("items", "Items", "Things", "/api"),
                            WAYS.stream()
                                    .filter(way -> !way.startsWith("nothing"))
                                    .<Feature>map(way -> ToolFeature.builder("items", way, "Does that.")
                                            .answering(call -> run(way, call)))
                                    .toList())))
                    .mounted(mount -> mount.invoker(InvokerChoice.LOOPBACK)));

    @AfterEach
    void stop() {
        end.countDown();
        service.close();
    }

    private ToolAnswer run(String way, FeatureCall call) throws InterruptedException {
        int begun = runs.incrementAndGet();
        long intents = service.trail.stages().stream()
                .filter(stage -> stage == Stage.INTENT)
                .count();
        if (intents < begun) {
            broken.add(way + " ran as number " + begun + " after " + intents + " intents");
        }
        switch (way) {
            case "throw" -> throw new IllegalStateException("as asked");
            case "panic" -> throw new AssertionError("as asked");
            case "overflow" -> deeper(0);
            case "stream" -> {
                for (int i = 1; i <= 3; i++) {
                    call.progress(i, OptionalDouble.of(3), "");
                }
            }
            case "hang" -> {
                call.onCancel(end::getCount);
                assertThat(end.await(150, TimeUnit.MILLISECONDS)).isFalse();
            }
            default -> Thread.currentThread().interrupt();
        }
        return ToolAnswer.text("done");
    }

    private static int deeper(int depth) {
        return depth < 0 ? 0 : deeper(depth + 1) + depth;
    }

    @Test
    void in_random_sequences_of_all_kinds_of_calls() throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger hungUp = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Random random = new Random(i);
            HttpClient client = HttpClient.newHttpClient();
            Thread caller = new Thread(() -> {
                for (int id = next.incrementAndGet(); id <= CALLS; id = next.incrementAndGet()) {
                    call(client, random, id, hungUp);
                }
            });
            caller.start();
            callers.add(caller);
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(broken).isEmpty();
        assertThat(hungUp.get()).isPositive();
        assertThat(runs.get()).isBetween(CALLS / 2, CALLS);
        Awaitility.await().untilAsserted(() -> assertThat(ended()).hasSize(CALLS));
        List<AuditEvent> events = service.trail.events();
        assertThat(events.stream().filter(event -> event.stage() == Stage.INTENT))
                .hasSize(runs.get())
                .allSatisfy(intent -> assertThat(events.stream()
                                .filter(event -> event.callId().equals(intent.callId()))
                                .map(AuditEvent::stage))
                        .startsWith(Stage.INTENT)
                        .endsWith(ENDS.stream()
                                .filter(stage -> events.stream()
                                        .anyMatch(event ->
                                                event.callId().equals(intent.callId()) && event.stage() == stage))
                                .findFirst()
                                .orElseThrow()));
    }

    private List<String> ended() {
        return service.trail.events().stream()
                .filter(event -> ENDS.contains(event.stage()))
                .map(event -> event.source().rpcId().orElseThrow())
                .toList();
    }

    private void call(HttpClient client, Random random, int id, AtomicInteger hungUp) {
        String way = WAYS.get(random.nextInt(WAYS.size()));
        String meta = way.equals("stream") ? ",\"_meta\":{\"progressToken\":" + id + "}" : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/mcp"))
                .header("Authorization", random.nextInt(8) == 0 ? "Bearer mcpg_test_nobody" : "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-06-18")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + way
                                + "\",\"arguments\":{}" + meta + "}}"));
        if (way.equals("hang") && random.nextBoolean()) {
            request.timeout(Duration.ofMillis(60));
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (!ended().contains(Integer.toString(id))) {
                broken.add(way + " " + id + " was answered with " + answer.statusCode() + " and has no end on record");
            }
        } catch (IOException e) {
            hungUp.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
