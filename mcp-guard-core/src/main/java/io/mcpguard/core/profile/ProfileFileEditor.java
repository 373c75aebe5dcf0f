package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKeyLedger;
import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.KeyRefusedException;
import io.mcpguard.core.profile.YamlNode.Mapping;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.ProfileId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes the records of keys in a profiles file, and leaves every other byte of it as it is, comments included.
 *
 * <p>A change is one step: the file is locked against other editors of this kind (by a file {@code .<name>.lock} beside
 * it), read, changed, read back and compared, written beside the old one, brought to disk and put in its place, with the
 * owner and the permissions of the old one. A service that has the file open in a {@link ProfileFile} sees either the old
 * or the new state.
 *
 * <p>A file with mistakes can be changed only in one way: keys can be suspended and revoked, which a service then obeys
 * although it does not take over the rest.
 *
 * @since 0.1
 */
public final class ProfileFileEditor implements ApiKeyLedger {

    private final Path file;

    /**
     * Makes an editor; the file is not touched yet.
     *
     * @param file the YAML file
     */
    public ProfileFileEditor(Path file) {
        this.file = file;
    }

    /**
     * Changes records of keys.
     *
     * @throws ConfigurationException when the file has mistakes and the change does more than suspend or revoke
     */
    @Override
    public void update(Change change) {
        try {
            Path real = file.toRealPath();
            try (FileLease lease = FileLease.take(real)) {
                lease.hold();
                FileIdentity seen = FileIdentity.of(real);
                Reading before = Reading.of(FileContent.read(real), Optional.empty());
                String changed = changed(before, change);
                if (!changed.equals(before.text())) {
                    AtomicWrite.replace(real, seen, changed.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (NoSuchFileException e) {
            throw new StoreUnavailableException("there is no file " + file + "; run: mcp-guard init", e);
        } catch (IOException e) {
            throw new StoreUnavailableException("the file " + file + " could not be changed: " + e.getMessage(), e);
        }
    }

    private String changed(Reading before, Change change) {
        Mapping root = before.root()
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .orElseThrow(() -> mistakes(before));
        Set<ProfileId> profiles =
                before.profileIds().stream().map(ProfileId::new).collect(Collectors.toSet());
        List<ApiKeyRecord> old = before.records();
        List<ApiKeyRecord> next = change.apply(old, profiles);
        if (before.document().isEmpty() && !onlyWithdraws(old, next)) {
            throw mistakes(before);
        }
        CredentialPatch patch = new CredentialPatch(before.text(), root);
        for (int i = 0; i < next.size(); i++) {
            if (i >= old.size()) {
                patch.add(next.get(i));
            } else if (!old.get(i).id().equals(next.get(i).id())) {
                throw new IllegalArgumentException("a change keeps every record in its place");
            } else {
                patch.change(old.get(i), next.get(i));
            }
        }
        String text = patch.result();
        verify(before, next, text);
        return text;
    }

    private ConfigurationException mistakes(Reading reading) {
        return new ConfigurationException(String.valueOf(file.getFileName()), reading.problems());
    }

    private static boolean onlyWithdraws(List<ApiKeyRecord> old, List<ApiKeyRecord> next) {
        if (old.size() != next.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            ApiKeyRecord was = old.get(i);
            ApiKeyRecord is = next.get(i);
            if (is.state().compareTo(was.state()) < 0 || !text(was).equals(text(is.withState(was.state())))) {
                return false;
            }
        }
        return true;
    }

    /** The file must say what was meant, and about everything else what it said before. */
    private void verify(Reading before, List<ApiKeyRecord> meant, String text) {
        Reading after = Reading.of(FileContent.of(text.getBytes(StandardCharsets.UTF_8)), Optional.empty());
        boolean same = texts(after.records()).equals(texts(meant))
                && after.problems().size() == before.problems().size()
                && rest(after).equals(rest(before));
        if (!same) {
            throw new KeyRefusedException("The credentials in " + file.getFileName()
                    + " are laid out in a way that cannot be changed safely; nothing was changed."
                    + " Write each as a block of lines, starting with '- id: ...', and try again.");
        }
    }

    private static List<String> texts(List<ApiKeyRecord> records) {
        return records.stream().map(ProfileFileEditor::text).toList();
    }

    private static String text(ApiKeyRecord record) {
        return record.hash().text() + record;
    }

    private static Map<String, String> rest(Reading reading) {
        Map<String, String> rest = new LinkedHashMap<>();
        reading.document().ifPresent(document -> {
            document.clients().forEach(client -> rest.put("client " + client.id(), client.toString()));
            document.profiles().forEach(profile -> rest.put("profile " + profile.id(), profile.version()));
        });
        return rest;
    }
}
