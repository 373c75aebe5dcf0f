package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.Schema;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.credential.Presentation;
import io.mcpguard.credential.Principal;
import io.mcpguard.credential.SigningKey;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.InvocationException;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Runs each contract over something that breaks its rules, and sees which of them say so. */
class ContractsCanFailTest {

    @Test
    void profile_store_that_answers_in_its_own_way() {
        assertThat(broken(CarelessStore.class)).contains("PS-1", "PS-2", "PS-3", "PS-4", "PS-5", "PS-6", "PS-7");
    }

    @Test
    void limiter_that_counts_per_cycle() {
        assertThat(broken(CycleLimiterTested.class))
                .contains("LM-1", "LM-2", "LM-3", "LM-5", "LM-6", "LM-7", "LM-8", "LM-9");
    }

    @Test
    void sink_that_keeps_what_it_likes() {
        assertThat(broken(CarelessSink.class)).contains("AS-1", "AS-2", "AS-3", "AS-4", "AS-5", "AS-6");
    }

    @Test
    void reader_that_answers_from_memory_of_its_own() {
        assertThat(broken(ConsumingReader.class)).contains("AR-1", "AR-2", "AR-5");
        assertThat(broken(EagerReader.class)).containsExactly("AR-3", "AR-4");
    }

    @Test
    void key_source_with_a_default() {
        assertThat(broken(DefaultKeySource.class)).contains("KS-1", "KS-2", "KS-3", "KS-4", "KS-5", "KS-6");
    }

    @Test
    void verifier_that_tells_and_believes_too_much() {
        assertThat(broken(GullibleVerifier.class)).contains("CV-1", "CV-2", "CV-3", "CV-5", "CV-6", "CV-7");
        assertThat(broken(BearerVerifier.class)).contains("CV-8", "CV-9");
    }

    @Test
    void auth_context_that_remembers() {
        assertThat(broken(ForgetfulContext.class)).contains("AC-1", "AC-2", "AC-3", "AC-4");
    }

    @Test
    void format_that_prints_what_it_gets() {
        assertThat(broken(CarelessFormat.class)).contains("AF-1", "AF-2", "AF-3", "AF-4", "AF-5", "AF-6", "AF-7");
    }

    @Test
    void formats_each_of_which_breaks_one_rule() {
        assertThat(failures(LocalFormat.class))
                .containsExactly("AF-1 the text does not depend on the language and the time zone of the machine");
        assertThat(failures(OptimisticFormat.class)).containsExactly("AF-5 the largest event stays below the bound");
    }

    @Test
    void rule_that_counts() {
        assertThat(broken(CountingRule.class)).contains("DR-1", "DR-4");
    }

    @Test
    void source_that_publishes_everything() {
        assertThat(broken(OpenSource.class)).contains("OS-1", "OS-2", "OS-3", "OS-4", "OS-5");
    }

    @Test
    void features_that_are_taken_from_anywhere() {
        assertThat(broken(CopiedFeatures.class)).contains("FS-1", "FS-2", "FS-3");
    }

    @Test
    void features_each_of_which_breaks_one_rule() {
        assertThat(failures(TwoResourcesOfOneUri.class)).containsExactly("FS-1 no two resources share a URI");
        assertThat(failures(ListOfArguments.class))
                .containsExactly("FS-3 the schema of a tool's arguments is of type object");
        assertThat(failures(OlderDialect.class))
                .containsExactly("FS-3 every schema is JSON Schema 2020-12 with local references only");
        assertThat(failures(NoFeatures.class))
                .containsExactly("FS-1 no two tools, no two prompts and no two resources share a name");
    }

    @Test
    void invoker_that_blocks_and_follows() {
        assertThat(broken(HelpfulInvoker.class))
                .contains("OI-1", "OI-2", "OI-3", "OI-4", "OI-5", "OI-6", "OI-7", "OI-8", "OI-9");
    }

    /** The ids of the rules that failed. */
    private static Set<String> broken(Class<?> contract) {
        return failures(contract).stream()
                .map(name -> name.substring(0, name.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tests that failed. */
    static Set<String> failures(Class<?> contract) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(contract))
                                .build(),
                        listener);
        assertThat(listener.getSummary().getTestsFoundCount()).isPositive();
        Set<String> names = new TreeSet<>();
        for (Failure failure : listener.getSummary().getFailures()) {
            names.add(failure.getTestIdentifier().getDisplayName());
        }
        return names;
    }

    static class CarelessStore extends ProfileStoreContract {
        @Override
        protected ProfileStore storeHolding(List<Profile> profiles) {
            AtomicInteger lookups = new AtomicInteger();
            return new ProfileStore() {
                @Override
                public Optional<Profile> find(ProfileId id) {
                    if (profiles.isEmpty() || lookups.incrementAndGet() > 500) {
                        throw new IllegalStateException("nothing here");
                    }
                    return profiles.stream()
                            .filter(profile -> profile.id().value().equalsIgnoreCase(id.value()))
                            .findFirst();
                }

                @Override
                public List<Profile> all() {
                    return profiles;
                }
            };
        }

        @Override
        protected void change(ProfileStore store, List<Profile> profiles) {
            assertThat(store.all()).isNotEqualTo(profiles);
        }

        @Override
        protected Optional<ProfileStore> unreachableStore() {
            return Optional.of(empty());
        }

        @Override
        protected Optional<ProfileStore> hangingStore() {
            return Optional.of(empty());
        }

        private static ProfileStore empty() {
            return new ProfileStore() {
                @Override
                public Optional<Profile> find(ProfileId id) {
                    return Optional.empty();
                }

                @Override
                public List<Profile> all() {
                    return List.of();
                }
            };
        }
    }

    static class CycleLimiterTested extends LimiterContract {
        @Override
        protected Limiter newLimiter(SettableClock time) {
            return new CycleLimiter(time);
        }

        @Override
        protected long keysHeld(Limiter limiter) {
            return ((CycleLimiter) limiter).taken.size();
        }
    }

    /** Fixed cycles of the time of day, one count after the other, kept for ever. */
    private static final class CycleLimiter implements Limiter {
        private final SettableClock time;
        private final Map<String, Integer> taken = new HashMap<>();

        CycleLimiter(SettableClock time) {
            this.time = time;
        }

        @Override
        public synchronized Reservation reserve(List<LimitDemand> demands) {
            for (LimitDemand demand : demands) {
                long period = demand.limit() instanceof Limit.Rate rate
                        ? rate.period().toMillis()
                        : Long.MAX_VALUE;
                int permits = demand.limit() instanceof Limit.Rate rate
                        ? rate.permits()
                        : ((Limit.Concurrency) demand.limit()).permits();
                String count = name(demand.key()) + time.instant().toEpochMilli() / period + "/" + permits;
                if (taken.merge(count, 1, Integer::sum) > permits) {
                    return new Reservation.Refused(
                            new Reservation.Standing(demand.limit().name(), permits, 0, java.time.Duration.ZERO));
                }
            }
            Permit permit = () -> taken.replaceAll((key, count) -> key.contains("flight") ? count - 1 : count);
            return new Reservation.Granted(permit, Reservation.Standing.none());
        }

        private static String name(LimitKey key) {
            return key.owner() + key.limit();
        }
    }

    static class CarelessSink extends AuditSinkContract {
        private final List<AuditEvent> written = new ArrayList<>();
        private boolean closed;

        @Override
        protected AuditSink newSink() {
            return new AuditSink() {
                @Override
                public void write(List<AuditEvent> events) {
                    events.forEach(event -> written.add(
                            0,
                            event.withLink(new io.mcpguard.audit.ChainLink("s", 1, "0".repeat(64), "0".repeat(64)))));
                }

                @Override
                public void close() {
                    if (closed) {
                        throw new IllegalStateException("closed twice");
                    }
                    closed = true;
                }
            };
        }

        @Override
        protected List<AuditEvent> kept() {
            return closed ? written : List.of();
        }

        @Override
        protected AuditSink failingSink() {
            return events -> {};
        }

        @Override
        protected Optional<AuditSink> hangingSink() {
            return Optional.of(events -> {});
        }
    }

    /** Gives everything, newest first, and each event but once. */
    static class ConsumingReader extends AuditReaderContract {
        private final List<AuditEvent> kept = new ArrayList<>();

        @Override
        protected List<AuditEvent> keep(List<AuditEvent> events) {
            events.forEach(event -> kept.add(0, event));
            return events;
        }

        @Override
        protected AuditReader reader() {
            return query -> {
                List<AuditEvent> all = List.copyOf(kept);
                kept.clear();
                return all.stream();
            };
        }

        @Override
        protected AuditReader unreachable() {
            return query -> Stream.empty();
        }
    }

    /** Reads all of it before it gives the first, and leaves a file open. */
    static class EagerReader extends ListReaderTest {
        private static final List<InputStream> OPEN = new ArrayList<>();

        @Override
        protected AuditReader reader() {
            AuditReader lazy = super.reader();
            return query -> {
                try {
                    synchronized (OPEN) {
                        OPEN.add(Files.newInputStream(Path.of("pom.xml")));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return lazy.read(query).toList().stream();
            };
        }
    }

    static class CarelessFormat extends AuditFormatContract {
        private final AtomicInteger records = new AtomicInteger();

        @Override
        protected AuditFormat newFormat() {
            return new AuditFormat() {
                @Override
                public String format(AuditEvent event) {
                    return records.incrementAndGet() + " " + event.time().toEpochMilli() + event;
                }

                @Override
                public String name() {
                    return "Number " + records.get();
                }

                @Override
                public String mediaType() {
                    return "text";
                }

                @Override
                public int maxBytes() {
                    return Integer.MAX_VALUE;
                }
            };
        }
    }

    /** Right but for the name of the day, which is in the language of the machine. */
    static class LocalFormat extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return new IdFormat(100) {
                @Override
                public String format(AuditEvent event) {
                    return super.format(event) + String.format(Locale.getDefault(), "%,d", 7_000);
                }
            };
        }
    }

    /** Right but for the size it promises. */
    static class OptimisticFormat extends AuditFormatContract {
        @Override
        protected AuditFormat newFormat() {
            return new IdFormat(10);
        }
    }

    private static class IdFormat implements AuditFormat {
        private final int maxBytes;

        IdFormat(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public String format(AuditEvent event) {
            return "event " + event.id();
        }

        @Override
        public String name() {
            return "id";
        }

        @Override
        public String mediaType() {
            return "text/plain";
        }

        @Override
        public int maxBytes() {
            return maxBytes;
        }
    }

    static class DefaultKeySource extends KeySourceContract {
        private static final NamedKey DEFAULT =
                new NamedKey("default", new SecretKeySpec(new byte[] {1, 2, 3}, "HmacSHA256"));

        @Override
        protected KeySource sourceHolding(Map<Purpose, List<NamedKey>> keys) {
            return new KeySource() {
                @Override
                public Optional<NamedKey> current(Purpose purpose) {
                    return Optional.of(
                            keys.getOrDefault(purpose, List.of(DEFAULT)).get(0));
                }

                @Override
                public Optional<NamedKey> find(Purpose purpose, String id) {
                    return current(purpose);
                }

                @Override
                public Optional<SigningKey> signing() {
                    return Optional.of(new UnprovenKey());
                }
            };
        }

        @Override
        protected Optional<KeySource> signingSource() {
            return Optional.of(sourceHolding(Map.of()));
        }

        @Override
        protected Optional<KeySource> unreachableSource() {
            return Optional.of(sourceHolding(Map.of()));
        }
    }

    /** Signs with nothing. */
    static class UnprovenKey implements SigningKey {
        @Override
        public String id() {
            return "unproven";
        }

        @Override
        public PublicKey publicKey() {
            try {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] sign(byte[] message) {
            return new byte[64];
        }
    }

    static class GullibleVerifier extends CredentialVerifierContract {
        @Override
        protected CredentialVerifier verifier() {
            return (credential, presentation) -> new Verification.Verified(
                    credential.reveal(), new ProfileId("of-" + credential.scheme()), Optional.empty());
        }

        @Override
        protected CredentialVerifier unreachableVerifier() {
            return verifier();
        }

        @Override
        protected Credential valid() {
            return new Credential("bearer", "mine-0123456789abcdef");
        }

        @Override
        protected Optional<ProfileId> validProfile() {
            return Optional.of(new ProfileId("reader"));
        }

        @Override
        protected Map<String, Credential> bad() {
            return Map.of(
                    "unknown", new Credential("bearer", "mine-fedcba9876543210"),
                    "altered", new Credential("bearer", "mine-0123456789abcdee"));
        }

        @Override
        protected void revokeValid() {
            assertThat(valid().scheme()).isEqualTo("bearer");
        }

        @Override
        protected String secretOf(Credential credential) {
            return credential.reveal();
        }
    }

    /** Takes whoever bears the credential for its owner, and says that the service established it. */
    static class BearerVerifier extends GullibleVerifier {
        @Override
        protected CredentialVerifier verifier() {
            return (credential, presentation) -> new Verification.Established(
                    new Principal("ann", Set.of(), Principal.Source.GUARD, "t1").withKind(CredentialKind.HOST),
                    Optional.empty());
        }

        @Override
        protected Optional<ProfileId> validProfile() {
            return Optional.empty();
        }

        @Override
        protected Optional<String> validName() {
            return Optional.of("ann");
        }

        @Override
        protected Map<String, Presentation> unproven() {
            return Map.of("no proof", Presentation.none());
        }
    }

    static class ForgetfulContext extends AuthContextContract {
        private Optional<Principal> last = Optional.empty();

        @Override
        protected Optional<Principal> askedBy(String name, Set<String> roles) {
            last = Optional.of(new Principal(name, Set.of("USER"), Principal.Source.GUARD, ""));
            return last;
        }

        @Override
        protected Optional<Principal> askedByNobody() {
            return Optional.of(new Principal("nobody", Set.of(), Principal.Source.HOST, ""));
        }

        @Override
        protected Optional<Principal> askedByAnonymous() {
            return last;
        }

        @Override
        protected Optional<Principal> askedBetweenRequests() {
            return last;
        }
    }

    static class CountingRule extends ReadOnlyRuleTest {
        private final AtomicInteger decisions = new AtomicInteger();

        @Override
        protected DecisionRule newRule() {
            return (caller, operation) -> decisions.incrementAndGet() % 2 == 0
                    ? new Decision.Allow("every second one")
                    : new Decision.Deny(Reason.RULE_REFUSED, "not-this-time");
        }
    }

    static class OpenSource extends OperationSourceContract {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        protected OperationSource newSource() {
            return () -> {
                Operation operation = Operation.builder(
                                new OperationId("deleteOrder"), "orders", "DELETE", "/api/orders")
                        .description("asked " + times.incrementAndGet())
                        .body(new io.mcpguard.catalog.RequestBody(
                                true,
                                "application/json",
                                new io.mcpguard.catalog.Schema("{\"$ref\":\"https://example.com/order.json\"}")))
                        .build();
                Product product = new Product("orders", "Orders", "", "/api/orders");
                return List.of(new ProductOperations(product, List.of(operation, operation)));
            };
        }

        @Override
        protected Set<String> marked() {
            return Set.of("listOrders", "getOrder");
        }

        @Override
        protected Set<String> unmarked() {
            return Set.of("DELETE /api/orders");
        }

        @Override
        protected Map<String, OperationSource> mistaken() {
            return Map.of("Orders#get", List::of);
        }
    }

    private static ToolFeature tool(String description, String schema) {
        return ToolFeature.builder("orders", "total", description)
                .inputSchema(new Schema(schema))
                .answering(call -> ToolAnswer.text("12.50"));
    }

    private static ResourceFeature resource(String name) {
        return ResourceFeature.builder("orders", name, "orders://total", "A total")
                .answering(call -> new ResourceAnswer.Missing());
    }

    private static FeatureSource publishing(Feature... features) {
        Product product = new Product("orders", "Orders", "", "/api/orders");
        return () -> List.of(new ProductFeatures(product, List.of(features)));
    }

    static class CopiedFeatures extends FeatureSourceContract {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        protected FeatureSource newSource() {
            return () -> {
                ToolFeature tool = tool(
                        "asked " + times.incrementAndGet(),
                        "{\"type\":\"object\",\"items\":[{\"$ref\":\"https://example.com/order.json\"}]}");
                return publishing(tool, tool).published();
            };
        }
    }

    static class TwoResourcesOfOneUri extends FeatureSourceContract {
        @Override
        protected FeatureSource newSource() {
            return publishing(resource("total"), resource("sum"));
        }
    }

    static class ListOfArguments extends FeatureSourceContract {
        @Override
        protected FeatureSource newSource() {
            return publishing(tool("Adds up", "{\"type\":\"array\"}"));
        }
    }

    static class OlderDialect extends FeatureSourceContract {
        @Override
        protected FeatureSource newSource() {
            return publishing(
                    tool("Adds up", "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}"));
        }
    }

    static class NoFeatures extends FeatureSourceContract {
        @Override
        protected FeatureSource newSource() {
            return publishing();
        }
    }

    static class HelpfulInvoker extends OperationInvokerContract {
        private FixtureService service;
        private HttpClient client;

        @BeforeEach
        void start() throws IOException {
            service = new FixtureService();
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .cookieHandler(new java.net.CookieManager())
                    .build();
        }

        @AfterEach
        void stop() {
            service.close();
        }

        @Override
        protected OperationInvoker invoker() {
            return new OperationInvoker() {
                @Override
                public CompletionStage<OperationResult> invoke(OperationCall call) {
                    return CompletableFuture.completedFuture(send(call));
                }

                @Override
                public String name() {
                    return "helpful";
                }
            };
        }

        /** Decodes the path, leaves out the headers and the body, tries again, follows, and keeps cookies. */
        private OperationResult send(OperationCall call) {
            try {
                URI decoded = new URI(
                        "http",
                        null,
                        service.uri().getHost(),
                        service.uri().getPort(),
                        URI.create(call.rawPath()).getPath(),
                        call.rawQuery().orElse(null),
                        null);
                HttpRequest request = HttpRequest.newBuilder(decoded).GET().build();
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() >= 400) {
                    response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                }
                if (response.statusCode() >= 400) {
                    throw InvocationException.unreachable("no answer that helps", null);
                }
                return new OperationResult(response.statusCode(), List.of(), response.body(), false);
            } catch (IOException | java.net.URISyntaxException e) {
                throw InvocationException.unreachable("broke off", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw InvocationException.unreachable("interrupted", e);
            }
        }

        @Override
        protected List<SeenRequest> seen() {
            return service.seen();
        }

        @Override
        protected URI wire() {
            return service.uri();
        }
    }
}
