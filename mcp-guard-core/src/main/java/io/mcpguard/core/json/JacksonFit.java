package io.mcpguard.core.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mcpguard.error.ConfigurationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.PackageVersion;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses to start where Jackson 3 cannot work, before anything needs it.
 *
 * <p>Jackson 2 and 3 share their annotations. A service with Jackson 2 may well decide on their version, and one that is too old
 * lacks classes that Jackson 3 needs. That would show in the middle of a call otherwise. What is missing is found by trying and
 * not by comparing versions, which a shaded or patched jar need not tell.
 *
 * @since 0.1
 */
public final class JacksonFit {

    /** Something to write and to read. */
    private record Probe(@JsonProperty("word") String word) {}

    private JacksonFit() {}

    /**
     * Makes sure that Jackson 3 works on this class path.
     *
     * @throws ConfigurationException when it does not, with what to state in the service's build
     */
    public static void check() {
        check("state com.fasterxml.jackson.core:jackson-annotations 2.21 or later in the service's build");
    }

    /**
     * Makes sure that Jackson 3 works on this class path.
     *
     * @param remedy what to do where it does not, as an operator of this kind of service would
     * @throws ConfigurationException when it does not
     */
    public static void check(String remedy) {
        try {
            JsonMapper mapper = JsonMapper.builder().build();
            mapper.readValue(mapper.writeValueAsBytes(new Probe("fit")), Probe.class);
        } catch (LinkageError e) {
            throw new ConfigurationException(
                    "this class path",
                    "Jackson " + PackageVersion.VERSION + " needs newer annotations than jackson-annotations"
                            + annotations() + " (it misses " + e.getMessage() + "); " + remedy);
        }
    }

    private static String annotations() {
        @Nullable String version = JsonProperty.class.getPackage().getImplementationVersion();
        return version == null ? "" : " " + version;
    }
}
