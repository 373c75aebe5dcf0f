package io.mcpguard.spring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mcpguard.error.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import tools.jackson.databind.cfg.PackageVersion;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses to start where Jackson 3 cannot work, before anything needs it.
 *
 * <p>Jackson 2 and 3 share their annotations. The version of those is the one that Spring Boot manages, for Jackson 2 in Spring
 * Boot 3.5, and one that is too old lacks classes that Jackson 3 needs. That would show in the middle of a call otherwise. What
 * is missing is found by trying and not by comparing versions, which a shaded or patched jar need not tell.
 */
final class JacksonCheck implements BeanFactoryPostProcessor, PriorityOrdered {

    /** Something to write and to read. */
    private record Probe(@JsonProperty("word") String word) {}

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        try {
            JsonMapper mapper = JsonMapper.builder().build();
            mapper.readValue(mapper.writeValueAsBytes(new Probe("fit")), Probe.class);
        } catch (LinkageError e) {
            throw new ConfigurationException(
                    "this class path",
                    "Jackson " + PackageVersion.VERSION + " needs newer annotations than jackson-annotations"
                            + annotations() + " (it misses " + e.getMessage() + "); set the property"
                            + " jackson-bom.version of the service's build to 2.21.4, or take Spring Boot 3.5.13"
                            + " or later");
        }
    }

    private static String annotations() {
        @Nullable String version = JsonProperty.class.getPackage().getImplementationVersion();
        return version == null ? "" : " " + version;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
