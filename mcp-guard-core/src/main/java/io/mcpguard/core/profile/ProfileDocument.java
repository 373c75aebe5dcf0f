package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One state of a profiles file, whole and without mistakes.
 *
 * @param clients the clients in the order of the file
 * @param profiles the profiles in the order of the file
 * @param credentials the records of keys in the order of the file
 * @param digest SHA-256 of the file's bytes, in hexadecimal
 * @since 0.1
 */
public record ProfileDocument(
        List<Client> clients, List<Profile> profiles, List<ApiKeyRecord> credentials, String digest) {

    public ProfileDocument {
        clients = List.copyOf(clients);
        profiles = List.copyOf(profiles);
        credentials = List.copyOf(credentials);
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param allowedRoles roles that profiles may use, or empty to leave roles unchecked, which is for tools that do not
     *     know the service
     * @return what it says
     * @throws ConfigurationException when it has mistakes: all of them, each with its line and what to write instead
     * @throws StoreUnavailableException when it cannot be read
     */
    public static ProfileDocument read(Path file, Optional<Set<String>> allowedRoles) {
        Reading reading = Reading.of(FileContent.read(file), allowedRoles);
        return reading.document()
                .orElseThrow(() -> new ConfigurationException(String.valueOf(file.getFileName()), reading.problems()));
    }
}
