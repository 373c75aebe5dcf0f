package io.mcpguard.spring;

import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Retention;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.checkpoint.CheckpointSettings;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.core.credential.ApiKeyStore;
import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.guard.GuardSettings;
import io.mcpguard.core.home.ChangeRecords;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.profile.ProfileFile;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.KeySource;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.Limiter;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.verification.CredentialVerifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * The guard itself: profiles, keys, journal, and everything of the service's own that takes their place.
 *
 * <p>A bean of the service of type {@link ProfileStore}, {@link KeySource}, {@link AuditTrail} or {@link Limiter} replaces ours;
 * beans of type {@link OperationSource}, {@link FeatureSource}, {@link CredentialVerifier} and {@link DecisionRule} are added to
 * ours in their order; beans of type {@link AuditSink}, and the sinks that {@link AuditSinkProperties} name, get every record of the
 * journal, each from where it has got to, which is kept under the name of the bean or sink.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "mcp.guard", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties({McpGuardProperties.class, AuditSinkProperties.class})
@Lazy(false)
public final class McpGuardAutoConfiguration {

    private static final InstantSource CLOCK = InstantSource.system();

    /** For the container. */
    public McpGuardAutoConfiguration() {}

    @Bean
    static JacksonCheck mcpGuardJacksonCheck() {
        return new JacksonCheck();
    }

    @Bean
    @ConditionalOnMissingBean(ProfileStore.class)
    ProfileFile mcpGuardProfiles(McpGuardProperties properties, AuditTrail trail) {
        return ProfileFile.builder(properties.profilesFile(), properties.allowedRoles(), CLOCK)
                .listener(new ChangeRecords(trail, ids(), CLOCK))
                .open();
    }

    @Bean
    @ConditionalOnMissingBean(KeySource.class)
    FileKeySource mcpGuardKeys(McpGuardProperties properties) {
        return new FileKeySource(properties.keyFolder());
    }

    @Bean
    @ConditionalOnBean(ApiKeyStore.class)
    @ConditionalOnMissingBean
    ApiKeyVerifier mcpGuardApiKeys(ApiKeyStore store, KeySource keys, McpGuardProperties properties) {
        return new ApiKeyVerifier(store, keys, CLOCK, properties.allowTestKeys());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(AuditTrail.class)
    Journal mcpGuardJournal(McpGuardProperties properties) {
        Journal.Builder builder = Journal.builder(properties.auditFolder(), CLOCK, ids())
                .appendDeadline(properties.audit().appendTimeout())
                .levels(properties.audit().levels().toLevels());
        DataSize quota = properties.audit().quota();
        return quota == null ? builder.open() : builder.quota(quota.toBytes()).open();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty("mcp.guard.audit.retention")
    @ConditionalOnBean(Journal.class)
    @ConditionalOnMissingBean
    Retention mcpGuardRetention(Journal journal, McpGuardProperties properties, Optional<SinkFeeder> sinks) {
        Duration keep = Objects.requireNonNull(properties.audit().retention(), "mcp.guard.audit.retention");
        return Retention.start(journal, keep, sinks.orElse(null), CLOCK, ids());
    }

    /** Closes the journal itself, since its last record has to be signed too. */
    @Bean(destroyMethod = "close")
    @ConditionalOnBean(Journal.class)
    @ConditionalOnMissingBean
    Checkpoints mcpGuardCheckpoints(
            Journal journal, KeySource keys, McpGuardProperties properties, Environment environment) {
        McpGuardProperties.Checkpoints set = properties.audit().checkpoints();
        CheckpointSettings settings = new CheckpointSettings(
                nameOf(properties, environment),
                Optional.ofNullable(properties.audit().nodeName()).filter(name -> !name.isBlank()),
                set.records(),
                set.interval());
        return Checkpoints.start(journal, keys, settings, CLOCK, ids());
    }

    @Bean(destroyMethod = "close")
    @Conditional(SinksCondition.class)
    SinkFeeder mcpGuardSinks(
            AuditTrail trail,
            ObjectProvider<Map<String, AuditSink>> beans,
            AuditSinkProperties named,
            McpGuardProperties properties,
            Environment environment) {
        AuditReporter reporter = AuditReporter.of(nameOf(properties, environment));
        String node = properties.audit().nodeName();
        Map<String, AuditSink> sinks = new NamedSinks(
                        node == null || node.isBlank() ? reporter : reporter.onNode(node), CLOCK)
                .with(beans.getIfAvailable(Map::of), named.sinks());
        if (!(trail instanceof Journal journal)) {
            throw new ConfigurationException(
                    "The audit sinks " + String.join(", ", sinks.keySet()),
                    "they are fed from the journal, and a bean of the service takes its place; let that bean feed them");
        }
        return SinkFeeder.start(journal, sinks);
    }

    @Bean
    @ConditionalOnMissingBean
    ArgumentMask mcpGuardArgumentMask(KeySource keys, McpGuardProperties properties) {
        return ArgumentMask.of(keys, new SecureRandom(), properties.audit().policy());
    }

    @Bean
    @ConditionalOnBean(AuthContext.class)
    @ConditionalOnMissingBean(HostSecurity.class)
    HostSecurity mcpGuardHostSecurity(AuthContext context) {
        return request -> context;
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    McpGuard mcpGuard(
            McpGuardProperties properties,
            Environment environment,
            ProfileStore profiles,
            AuditTrail trail,
            KeySource keys,
            ArgumentMask mask,
            ObjectProvider<OperationSource> operations,
            ObjectProvider<FeatureSource> features,
            ObjectProvider<CredentialVerifier> verifiers,
            ObjectProvider<DecisionRule> rules,
            ObjectProvider<Limiter> limiter,
            ObjectProvider<HostSecurity> host,
            ObjectProvider<Frontage> frontage,
            ObjectProvider<ProtectedResource> resource,
            // Made before the guard, and so closed after it: with the checkpoints the journal ends.
            Optional<Checkpoints> checkpoints,
            Optional<SinkFeeder> sinks,
            ObjectProvider<TrailObserver> observers) {
        if (trail instanceof Journal journal) {
            journal.checkSinks(sinks.orElse(null));
        }
        AuditTrail watched = ObservedTrail.of(trail, observers.orderedStream().toList());
        McpGuard.Builder builder = McpGuard.builder(nameOf(properties, environment), profiles, watched)
                .clock(CLOCK)
                .keys(keys)
                .mask(mask)
                .settings(settings(properties))
                .unrecorded(properties.audit().unrecorded().toUnrecordedCalls())
                .denials(properties.audit().denials())
                .hostAuthenticates(host.getIfAvailable() != null);
        operations.orderedStream().forEach(builder::operations);
        features.orderedStream().forEach(builder::features);
        verifiers.orderedStream().forEach(builder::verifier);
        rules.orderedStream().forEach(builder::rule);
        limiter.ifAvailable(builder::limiter);
        frontage.ifAvailable(builder::frontage);
        resource.ifAvailable(builder::resource);
        return builder.build();
    }

    private static Uuid7 ids() {
        return new Uuid7(CLOCK, new SecureRandom());
    }

    private static String nameOf(McpGuardProperties properties, Environment environment) {
        String name = properties.serviceName();
        return name == null || name.isBlank() ? environment.getProperty("spring.application.name", "service") : name;
    }

    private static GuardSettings settings(McpGuardProperties properties) {
        GuardSettings standard = GuardSettings.standard();
        return new GuardSettings(
                new Limit.Rate(
                        standard.discovery().name(), properties.limits().listingsPerMinute(), Duration.ofMinutes(1)),
                new Limit.Rate(
                        standard.failures().name(), properties.limits().refusalsPerMinute(), Duration.ofMinutes(1)),
                standard.streams());
    }
}
