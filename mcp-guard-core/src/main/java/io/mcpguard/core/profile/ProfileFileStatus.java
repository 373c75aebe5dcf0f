package io.mcpguard.core.profile;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a profiles file is doing, for health checks and inventories.
 *
 * @param loadedAt when the state in use was read
 * @param version SHA-256 of the file as it was then, in hexadecimal
 * @param clients number of clients in use
 * @param profiles number of profiles in use
 * @param credentials number of records of keys in use
 * @param problems why the file as it stands now is not in use, one sentence a mistake; empty when it is in use
 * @since 0.1
 */
public record ProfileFileStatus(
        Instant loadedAt, String version, int clients, int profiles, int credentials, List<String> problems) {

    public ProfileFileStatus {
        Objects.requireNonNull(loadedAt, "loadedAt");
        Objects.requireNonNull(version, "version");
        problems = List.copyOf(problems);
    }

    /**
     * Says whether the state in use is what the file says.
     *
     * @return false while a broken or missing file keeps the last good state in use
     */
    public boolean current() {
        return problems.isEmpty();
    }
}
