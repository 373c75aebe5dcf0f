package io.mcpguard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The module map of docs/architecture.md, held over every published jar. */
@AnalyzeClasses(packages = "io.mcpguard", importOptions = DoNotIncludeTests.class)
class ModuleMapTest {

    private static final String[] CONCEPTS = {
        "io.mcpguard.annotation..",
        "io.mcpguard.answer..",
        "io.mcpguard.catalog..",
        "io.mcpguard.profile..",
        "io.mcpguard.credential..",
        "io.mcpguard.limit..",
        "io.mcpguard.decision..",
        "io.mcpguard.feature..",
        "io.mcpguard.invocation..",
        "io.mcpguard.audit..",
        "io.mcpguard.error..",
        "io.mcpguard.verification.."
    };

    @ArchTest
    static final ArchRule modules_point_the_way_the_map_says = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("api")
            .definedBy(CONCEPTS)
            .layer("core")
            .definedBy("io.mcpguard.core..")
            .layer("cli")
            .definedBy("io.mcpguard.cli..")
            .layer("jdbc")
            .definedBy("io.mcpguard.jdbc..")
            .layer("kafka")
            .definedBy("io.mcpguard.kafka..")
            .layer("sdk")
            .definedBy("io.mcpguard.sdk..")
            .layer("syslog")
            .definedBy("io.mcpguard.syslog..")
            .layer("oauth")
            .definedBy("io.mcpguard.oauth..")
            .layer("otel")
            .definedBy("io.mcpguard.otel..")
            .layer("loopback")
            .definedBy("io.mcpguard.loopback..")
            .layer("apidoc")
            .definedBy("io.mcpguard.apidoc..")
            .layer("schema")
            .definedBy("io.mcpguard.schema..")
            .layer("servlet")
            .definedBy("io.mcpguard.servlet..")
            .layer("jaxrs")
            .definedBy("io.mcpguard.jaxrs..")
            .layer("spring")
            .definedBy("io.mcpguard.spring..")
            .layer("testkit")
            .definedBy("io.mcpguard.testkit..")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("core")
            .mayOnlyAccessLayers("api")
            .whereLayer("cli")
            .mayOnlyAccessLayers("api", "core")
            .whereLayer("jdbc")
            .mayOnlyAccessLayers("api")
            .whereLayer("kafka")
            .mayOnlyAccessLayers("api")
            .whereLayer("sdk")
            .mayOnlyAccessLayers("api")
            .whereLayer("syslog")
            .mayOnlyAccessLayers("api")
            .whereLayer("oauth")
            .mayOnlyAccessLayers("api")
            .whereLayer("otel")
            .mayOnlyAccessLayers("api")
            .whereLayer("loopback")
            .mayOnlyAccessLayers("api", "core")
            .whereLayer("apidoc")
            .mayNotAccessAnyLayer()
            .whereLayer("schema")
            .mayOnlyAccessLayers("api")
            .whereLayer("servlet")
            .mayOnlyAccessLayers("api", "core", "loopback")
            .whereLayer("jaxrs")
            .mayOnlyAccessLayers("api", "core", "loopback", "schema")
            .whereLayer("spring")
            .mayOnlyAccessLayers("api", "core", "schema", "servlet", "oauth")
            .whereLayer("testkit")
            .mayOnlyAccessLayers("api")
            .because("docs/architecture.md draws it so");

    @ArchTest
    static final ArchRule every_package_belongs_to_one_module = noClasses()
            .that(not(resideInAnyPackage(CONCEPTS)))
            .should()
            .resideOutsideOfPackages(
                    "io.mcpguard.core..",
                    "io.mcpguard.cli..",
                    "io.mcpguard.jdbc..",
                    "io.mcpguard.kafka..",
                    "io.mcpguard.sdk..",
                    "io.mcpguard.syslog..",
                    "io.mcpguard.oauth..",
                    "io.mcpguard.otel..",
                    "io.mcpguard.loopback..",
                    "io.mcpguard.apidoc..",
                    "io.mcpguard.schema..",
                    "io.mcpguard.servlet..",
                    "io.mcpguard.jaxrs..",
                    "io.mcpguard.spring..",
                    "io.mcpguard.testkit..")
            .because("api owns the concepts and every other module one package and what is below it");

    @ArchTest
    static final ArchRule concepts_are_free_of_cycles = slices().matching("io.mcpguard.(*)..")
            .should()
            .beFreeOfCycles()
            .because("two concepts that need each other share a word that is a third concept");

    @ArchTest
    static final ArchRule packages_of_core_are_free_of_cycles = slices().matching("io.mcpguard.core.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule api_needs_the_jdk_alone = noClasses()
            .that()
            .resideInAnyPackage(CONCEPTS)
            .should()
            .dependOnClassesThat(not(resideInAnyPackage(
                            "java..", "javax.crypto..", "javax.net..", "javax.security..", "org.jspecify.annotations..")
                    .or(resideInAnyPackage(CONCEPTS))))
            .because("users compile against api, and it must not pull anything into their service");

    @ArchTest
    static final ArchRule core_knows_no_host = noClasses()
            .that()
            .resideInAnyPackage("io.mcpguard.core..", "io.mcpguard.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta..", "org.springframework..", "org.apache.catalina..", "org.eclipse.jetty..", "java.sql..")
            .allowEmptyShould(true)
            .because("core runs in any service, and in the command line without one");

    @ArchTest
    static final ArchRule servlet_knows_no_spring = noClasses()
            .that()
            .resideInAPackage("io.mcpguard.servlet..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule schemas_are_made_without_a_framework = noClasses()
            .that()
            .resideInAPackage("io.mcpguard.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta.servlet..", "jakarta.ws..", "io.swagger..")
            .because("every mount makes the same schema of the same type");

    @ArchTest
    static final ArchRule only_the_bridge_knows_the_mcp_sdk = noClasses()
            .that()
            .resideOutsideOfPackage("io.mcpguard.sdk..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.modelcontextprotocol..", "reactor..")
            .because("only a service that uses the MCP Java SDK itself gets it");

    @ArchTest
    static final ArchRule no_javax_but_the_jdk_s = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("javax..")
                    .and(not(resideInAnyPackage(
                            "javax.annotation.processing..",
                            "javax.crypto..",
                            "javax.lang.model..",
                            "javax.management..",
                            "javax.net..",
                            "javax.security..",
                            "javax.sql..",
                            "javax.tools.."))))
            .because("the Java EE packages have moved to jakarta, and hosts no longer carry the old ones");

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Instant.class, "now", Clock.class)
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("take a java.time.InstantSource in the constructor, so that tests set the clock");
}
