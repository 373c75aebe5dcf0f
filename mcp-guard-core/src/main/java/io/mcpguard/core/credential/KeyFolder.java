package io.mcpguard.core.credential;

import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads every key of a folder once and collects what is wrong with it. */
final class KeyFolder {

    /** The word for the key pair that signs checkpoints, beside those of the purposes. */
    static final String CHECKPOINT = "checkpoint";

    private static final String WORDS = "pepper|audit-mask|cursor|" + CHECKPOINT;
    private static final Pattern KEY_FILE = Pattern.compile("(" + WORDS + ")-([A-Za-z0-9_-]{1,32})\\.key");
    private static final int MAX_FILE_BYTES = 4096;
    private static final Set<PosixFilePermission> FOR_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Map<String, TreeMap<String, NamedKey>> keys = new TreeMap<>();
    private final Map<String, NamedKey> current = new TreeMap<>();
    private @Nullable Ed25519Key signing;
    final List<String> problems = new ArrayList<>();

    private final Path folder;

    private KeyFolder(Path folder) {
        this.folder = folder;
    }

    Optional<NamedKey> current(Purpose purpose) {
        return Optional.ofNullable(current.get(word(purpose)));
    }

    Optional<NamedKey> find(Purpose purpose, String id) {
        return Optional.ofNullable(
                keys.getOrDefault(word(purpose), new TreeMap<>()).get(id));
    }

    Optional<Ed25519Key> signing() {
        return Optional.ofNullable(signing);
    }

    List<NamedKey> all(Purpose purpose) {
        List<NamedKey> all = new ArrayList<>();
        current(purpose).ifPresent(all::add);
        keys.getOrDefault(word(purpose), new TreeMap<>()).values().stream()
                .filter(key -> !all.contains(key))
                .forEach(all::add);
        return all;
    }

    static String word(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Path keyFile(Path folder, String word, String id) {
        return folder.resolve(word + "-" + id + ".key");
    }

    static Path pointerFile(Path folder, String word) {
        return folder.resolve(word + ".current");
    }

    static KeyFolder read(Path folder) {
        KeyFolder found = new KeyFolder(folder);
        if (!Files.isDirectory(folder)) {
            found.problems.add("there is no key folder " + folder + "; run: mcp-guard init");
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.key")) {
            for (Path file : files) {
                found.readKey(file);
            }
            for (Purpose purpose : Purpose.values()) {
                found.choose(word(purpose));
            }
            found.choose(CHECKPOINT);
            found.pair();
        } catch (IOException e) {
            throw new StoreUnavailableException("the keys in " + folder + " could not be read: " + e, e);
        }
        return found;
    }

    private void readKey(Path file) throws IOException {
        Matcher name = KEY_FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            problems.add(file + " is not named <" + WORDS + ">-<id>.key; rename it or take it away");
            return;
        }
        if (openToOthers(file)) {
            problems.add(file + " can be read or changed by others; run: chmod 600 " + file);
            return;
        }
        Optional<byte[]> bytes = decode(file);
        if (bytes.isEmpty()) {
            return;
        }
        Optional<String> weakness = KeyStrength.weakness(bytes.get());
        if (weakness.isPresent()) {
            problems.add("the key in " + file + " " + weakness.get() + "; take the file away and run: mcp-guard init");
            return;
        }
        String word = name.group(1);
        NamedKey key = new NamedKey(name.group(2), new SecretKeySpec(bytes.get(), "HmacSHA256"));
        for (Map.Entry<String, TreeMap<String, NamedKey>> others : keys.entrySet()) {
            for (NamedKey other : others.getValue().values()) {
                if (Arrays.equals(other.key().getEncoded(), bytes.get())) {
                    problems.add(file + " holds the same key as "
                            + keyFile(folder, others.getKey(), other.id())
                            + "; take one away and run: mcp-guard init");
                }
            }
        }
        keys.computeIfAbsent(word, unused -> new TreeMap<>()).put(key.id(), key);
    }

    private Optional<byte[]> decode(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            problems.add(file + " is too large for a key; take it away and run: mcp-guard init");
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            problems.add(file + " does not hold base64; take it away and run: mcp-guard init");
            return Optional.empty();
        }
    }

    private void choose(String word) throws IOException {
        TreeMap<String, NamedKey> known = keys.getOrDefault(word, new TreeMap<>());
        Path pointer = pointerFile(folder, word);
        String named;
        try {
            named = Files.readString(pointer, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            if (known.size() > 1) {
                problems.add("there are several keys for " + word + "; write the id of the one to use ("
                        + String.join(", ", known.keySet()) + ") into " + pointer);
            } else if (!known.isEmpty()) {
                current.put(word, known.firstEntry().getValue());
            }
            return;
        }
        NamedKey key = known.get(named);
        if (key == null) {
            problems.add(pointer + " names a key that is not there; write one of (" + String.join(", ", known.keySet())
                    + ") into it");
        } else {
            current.put(word, key);
        }
    }

    /** Puts the private half in use together with its public one. */
    private void pair() {
        NamedKey seed = current.get(CHECKPOINT);
        if (seed == null) {
            return;
        }
        Path file = PublicKeyFile.beside(folder, seed.id());
        try {
            signing = Ed25519Key.of(seed.id(), seed.key().getEncoded(), PublicKeyFile.read(file));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file + " does not hold the public half of " + keyFile(folder, CHECKPOINT, seed.id())
                    + "; put it back, or take both away and run: mcp-guard init");
        }
    }

    private static boolean openToOthers(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().anyMatch(FOR_OTHERS::contains);
    }
}
