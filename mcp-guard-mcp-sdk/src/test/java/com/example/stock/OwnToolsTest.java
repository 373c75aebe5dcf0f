package com.example.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.McpGuard;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.testkit.FixedProfileStore;
import io.mcpguard.verification.Verification;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/own-tools.md behind the guard on a real server, called by the MCP Java SDK's own client. */
class OwnToolsTest {

    private final List<AuditEvent> records = new CopyOnWriteArrayList<>();
    private final List<McpSyncClient> clients = new ArrayList<>();
    private final Tomcat tomcat = new Tomcat();
    private GuardMount mount;
    private McpGuard guard;

    @BeforeEach
    void start() throws Exception {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.OFF);
        }
        Client assistant = new Client(new ClientId("assistant"), "Assistant", State.ENABLED);
        Profile everything = Profile.builder(new ProfileId("everything"), assistant)
                .grants(List.of(
                        new Grant("stock", Set.of("*"), Set.of("TOOL", "PROMPT", "RESOURCE")),
                        new Grant("scales", Set.of("*"), Set.of("TOOL"))))
                .principal("robot", Set.of())
                .build();
        Profile weighing = Profile.builder(new ProfileId("weighing"), assistant)
                .grants(List.of(
                        new Grant("scales", Set.of("weigh-*"), Set.of("TOOL")),
                        new Grant("stock", Set.of("*"), Set.of("GET", "POST"))))
                .limits(List.of(new Limit.Rate("per-day", 3, Duration.ofDays(1))))
                .principal("robot", Set.of())
                .build();
        guard = McpGuard.builder("stock", new FixedProfileStore(everything, weighing), records::add)
                .features(new StockFeatures(Map.of("A1", 5, "A2", 7)))
                .features(SdkStock.features())
                .verifier((credential, presentation) -> credential.reveal().startsWith("mcpg_")
                        ? new Verification.Verified(
                                "key", new ProfileId(credential.reveal().substring(5)), Optional.empty())
                        : new Verification.NotMine())
                .build();
        mount = GuardMount.builder(guard).build();
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "services")), "service")
                .toAbsolutePath();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer((classes, servlets) -> mount.register(servlets, "/mcp"), Set.of());
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        clients.forEach(McpSyncClient::close);
        mount.close();
        tomcat.stop();
        tomcat.destroy();
        guard.close();
    }

    private McpSyncClient client(String profile, McpSchema.ProgressNotification[] progress) {
        var transport = HttpClientStreamableHttpTransport.builder(
                        "http://127.0.0.1:" + tomcat.getConnector().getLocalPort())
                .endpoint("/mcp")
                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                        request.header("Authorization", "Bearer mcpg_" + profile))
                .build();
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(Duration.ofSeconds(30))
                .initializationTimeout(Duration.ofSeconds(30))
                .progressConsumer(told -> progress[0] = told)
                .build();
        clients.add(client);
        client.initialize();
        return client;
    }

    private McpSyncClient client(String profile) {
        return client(profile, new McpSchema.ProgressNotification[1]);
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private List<AuditEvent> recordsOf(String feature) {
        return records.stream()
                .filter(event -> event.target().operationId().equals(feature))
                .toList();
    }

    @Test
    void a_profile_sees_and_calls_what_its_grants_open() {
        McpSyncClient client = client("everything");

        assertThat(client.listTools().tools())
                .extracting(McpSchema.Tool::name)
                .contains("count-shelf", "take-inventory", "move-shelf", "weigh-shelf");
        assertThat(call(client, "count-shelf", Map.of("shelf", "A2")).structuredContent())
                .isEqualTo(Map.of("pieces", 7));
        assertThat(call(client, "take-inventory", Map.of()).content())
                .containsExactly(McpSchema.TextContent.builder("12 pieces").build());
        CallToolResult unknown = call(client, "count-shelf", Map.of("shelf", "B1"));
        assertThat(unknown.isError()).isTrue();
        assertThat(unknown.content().toString()).contains("There is no shelf B1");
    }

    @Test
    void prompts_resources_and_completions_work_as_well() {
        McpSyncClient client = client("everything");

        assertThat(client.listPrompts().prompts())
                .extracting(McpSchema.Prompt::name)
                .containsExactly("ask-for-more");
        assertThat(client.getPrompt(McpSchema.GetPromptRequest.builder("ask-for-more")
                                .arguments(Map.of("shelf", "A1"))
                                .build())
                        .messages()
                        .toString())
                .contains("shelf A1 is running low");
        assertThat(client.listResourceTemplates().resourceTemplates())
                .extracting(McpSchema.ResourceTemplate::uriTemplate)
                .containsExactly("stock://shelves/{shelf}");
        assertThat(client.readResource(McpSchema.ReadResourceRequest.builder("stock://shelves/A1")
                                .build())
                        .contents())
                .containsExactly(McpSchema.TextResourceContents.builder("stock://shelves/A1", "5 pieces")
                        .mimeType("text/plain")
                        .build());
        assertThat(client.completeCompletion(McpSchema.CompleteRequest.builder(
                                        new McpSchema.PromptReference("ask-for-more"),
                                        new McpSchema.CompleteRequest.CompleteArgument("shelf", "A"))
                                .build())
                        .completion()
                        .values())
                .containsExactly("A1", "A2");
    }

    @Test
    void a_tool_of_the_sdk_runs_unchanged_and_its_call_is_on_record() {
        McpSchema.ProgressNotification[] progress = new McpSchema.ProgressNotification[1];
        McpSyncClient client = client("everything", progress);

        McpSchema.Tool published = client.listTools().tools().stream()
                .filter(tool -> tool.name().equals("weigh-shelf"))
                .findFirst()
                .orElseThrow();
        CallToolResult result = client.callTool(McpSchema.CallToolRequest.builder("weigh-shelf")
                .arguments(Map.of("shelf", "A1"))
                .meta(Map.of("progressToken", "mine"))
                .build());

        assertThat(published.inputSchema())
                .isEqualTo(SdkStock.weighShelf().tool().inputSchema());
        assertThat(published.annotations().readOnlyHint()).isTrue();
        assertThat(result.isError()).isNotEqualTo(true);
        assertThat(result.content())
                .containsExactly(McpSchema.TextContent.builder("12.5 kg").build());
        assertThat(result.structuredContent()).isEqualTo(Map.of("kilograms", 12.5, "asker", "robot"));
        assertThat(progress[0]).isNotNull();
        assertThat(progress[0].progressToken()).isEqualTo("mine");
        assertThat(progress[0].message()).isEqualTo("weighing");
        assertThat(recordsOf("weigh-shelf")).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(recordsOf("weigh-shelf").toString()).contains("everything").doesNotContain("=A1");
    }

    @Test
    void what_a_tool_throws_stays_in_the_service() {
        CallToolResult result = call(client("everything"), "weigh-shelf", Map.of("shelf", "Z9"));

        assertThat(result.isError()).isTrue();
        assertThat(result.toString()).doesNotContain("jdbc").doesNotContain("db.internal");
        assertThat(recordsOf("weigh-shelf")).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
    }

    @Test
    void arguments_that_do_not_fit_the_schema_never_reach_the_tool() {
        CallToolResult result = call(client("everything"), "weigh-shelf", Map.of("shelf", 7));

        assertThat(result.isError()).isTrue();
        assertThat(recordsOf("weigh-shelf")).extracting(AuditEvent::stage).doesNotContain(Stage.INTENT);
    }

    @Test
    void what_no_grant_opens_is_unknown_and_a_grant_for_http_methods_opens_no_tool() {
        McpSyncClient client = client("weighing");

        assertThat(client.listTools().tools())
                .extracting(McpSchema.Tool::name)
                .contains("weigh-shelf")
                .doesNotContain("count-shelf", "take-inventory", "move-shelf");
        assertThatThrownBy(() -> call(client, "count-shelf", Map.of("shelf", "A1")))
                .isInstanceOf(McpError.class)
                .hasMessageNotContaining("count-shelf");
        assertThat(records).extracting(AuditEvent::stage).doesNotContain(Stage.INTENT);
        assertThat(recordsOf("count-shelf")).extracting(AuditEvent::stage).containsExactly(Stage.DENIED);
    }

    @Test
    void the_limit_of_the_profile_counts_calls_of_own_tools() {
        McpSyncClient client = client("weighing");

        for (int i = 0; i < 3; i++) {
            assertThat(call(client, "weigh-shelf", Map.of("shelf", "A1")).isError())
                    .isNotEqualTo(true);
        }
        CallToolResult fourth = call(client, "weigh-shelf", Map.of("shelf", "A1"));

        assertThat(fourth.isError()).isTrue();
        assertThat(fourth.toString()).contains("limit-reached");
        assertThat(recordsOf("weigh-shelf").stream().map(AuditEvent::stage).filter(Stage.INTENT::equals))
                .hasSize(3);
    }

    @Test
    void the_guide_shows_this_code_and_no_other() throws IOException {
        String code = code("StockFeatures.java")
                + code("SdkStock.java")
                + code("CountShelfTest.java")
                + code("OwnToolsTest.java");
        List<String> snippets = new ArrayList<>();
        String[] parts = Files.readString(Path.of("..", "docs", "own-tools.md")).split("```", -1);
        for (String part : parts) {
            if (part.startsWith("java\n")) {
                snippets.add(part.substring(5));
            }
        }

        assertThat(snippets)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(snippet -> assertThat(code).contains(unindented(snippet)));
    }

    private static String code(String file) throws IOException {
        return unindented(Files.readString(Path.of("src", "test", "java", "com", "example", "stock", file)));
    }

    private static String unindented(String code) {
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (all, line) -> all + line + "\n");
    }
}
