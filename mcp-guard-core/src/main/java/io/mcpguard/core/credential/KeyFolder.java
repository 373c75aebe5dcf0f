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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** Reads every key of a folder once and collects what is wrong with it. */
final class KeyFolder {

    private static final Pattern KEY_FILE = Pattern.compile("(pepper|audit-mask|cursor)-([A-Za-z0-9_-]{1,32})\\.key");
    private static final int MAX_FILE_BYTES = 4096;
    private static final Set<PosixFilePermission> FOR_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Map<Purpose, TreeMap<String, NamedKey>> keys = new EnumMap<>(Purpose.class);
    private final Map<Purpose, NamedKey> current = new EnumMap<>(Purpose.class);
    final List<String> problems = new ArrayList<>();

    private final Path folder;

    private KeyFolder(Path folder) {
        this.folder = folder;
    }

    Optional<NamedKey> current(Purpose purpose) {
        return Optional.ofNullable(current.get(purpose));
    }

    Optional<NamedKey> find(Purpose purpose, String id) {
        return Optional.ofNullable(keys.getOrDefault(purpose, new TreeMap<>()).get(id));
    }

    static String word(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Path keyFile(Path folder, Purpose purpose, String id) {
        return folder.resolve(word(purpose) + "-" + id + ".key");
    }

    static Path pointerFile(Path folder, Purpose purpose) {
        return folder.resolve(word(purpose) + ".current");
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
                found.choose(purpose);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("the keys in " + folder + " could not be read: " + e, e);
        }
        return found;
    }

    private void readKey(Path file) throws IOException {
        Matcher name = KEY_FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            problems.add(file + " is not named <pepper|audit-mask|cursor>-<id>.key; rename it or take it away");
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
        Purpose purpose = Purpose.valueOf(name.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        NamedKey key = new NamedKey(name.group(2), new SecretKeySpec(bytes.get(), "HmacSHA256"));
        for (Map.Entry<Purpose, TreeMap<String, NamedKey>> others : keys.entrySet()) {
            for (NamedKey other : others.getValue().values()) {
                if (Arrays.equals(other.key().getEncoded(), bytes.get())) {
                    problems.add(file + " holds the same key as "
                            + keyFile(folder, others.getKey(), other.id())
                            + "; take one away and run: mcp-guard init");
                }
            }
        }
        keys.computeIfAbsent(purpose, unused -> new TreeMap<>()).put(key.id(), key);
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

    private void choose(Purpose purpose) throws IOException {
        TreeMap<String, NamedKey> known = keys.getOrDefault(purpose, new TreeMap<>());
        Path pointer = pointerFile(folder, purpose);
        String named;
        try {
            named = Files.readString(pointer, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            if (known.size() > 1) {
                problems.add("there are several keys for " + word(purpose) + "; write the id of the one to use ("
                        + String.join(", ", known.keySet()) + ") into " + pointer);
            } else if (!known.isEmpty()) {
                current.put(purpose, known.firstEntry().getValue());
            }
            return;
        }
        NamedKey key = known.get(named);
        if (key == null) {
            problems.add(pointer + " names a key that is not there; write one of (" + String.join(", ", known.keySet())
                    + ") into it");
        } else {
            current.put(purpose, key);
        }
    }

    private static boolean openToOthers(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().anyMatch(FOR_OTHERS::contains);
    }
}
