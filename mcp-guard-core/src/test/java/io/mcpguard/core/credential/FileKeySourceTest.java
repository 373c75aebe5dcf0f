package io.mcpguard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.credential.SigningKey;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.testkit.contract.KeySourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeySourceTest extends KeySourceContract {

    @TempDir
    Path folder;

    @Override
    protected KeySource sourceHolding(Map<Purpose, List<NamedKey>> keys) {
        keys.forEach((purpose, named) -> {
            for (NamedKey key : named) {
                write(
                        KeyFolder.keyFile(folder, KeyFolder.word(purpose), key.id()),
                        encode(key.key().getEncoded()));
                write(KeyFolder.pointerFile(folder, KeyFolder.word(purpose)), key.id());
            }
        });
        return new FileKeySource(folder);
    }

    /** None: it holds in memory what it has read; what it has not read is a test of its own. */
    @Override
    protected Optional<KeySource> unreachableSource() {
        return Optional.empty();
    }

    @Override
    protected Optional<KeySource> signingSource() {
        FileKeySource.createSigning(folder, new SecureRandom());
        return Optional.of(new FileKeySource(folder));
    }

    @Test
    void a_created_pair_is_its_owner_s_alone_and_in_use_before_an_older_one() throws IOException {
        Path older = FileKeySource.createSigning(folder, new SecureRandom());
        Path newer = FileKeySource.createSigning(folder, new SecureRandom());

        SigningKey inUse = new FileKeySource(folder).signing().orElseThrow();

        assertThat(newer).hasFileName("checkpoint-" + inUse.id() + ".key").isNotEqualTo(older);
        Path pub = folder.resolve("checkpoint-" + inUse.id() + ".pub");
        assertThat(PublicKeyFile.read(pub)).isEqualTo(inUse.publicKey());
        assertThat(Files.readString(pub)).startsWith("-----BEGIN PUBLIC KEY-----\n");
        assertThat(inUse).hasToString("Ed25519Key[" + inUse.id() + "]");
        assumeTrue(posix());
        for (Path file : List.of(newer, pub)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_pair_whose_halves_do_not_belong_together_is_refused() throws IOException {
        Path older = FileKeySource.createSigning(folder, new SecureRandom());
        Path newer = FileKeySource.createSigning(folder, new SecureRandom());
        Path right = pub(newer);
        Files.copy(pub(older), right, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> new FileKeySource(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(right + " does not hold the public half");

        Files.delete(right);
        assertThatThrownBy(() -> new FileKeySource(folder)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void an_earlier_pair_may_lose_its_private_half() throws IOException {
        Path older = FileKeySource.createSigning(folder, new SecureRandom());
        FileKeySource.createSigning(folder, new SecureRandom());
        Files.delete(older);

        assertThat(new FileKeySource(folder).signing()).isPresent();
        assertThat(pub(older)).exists();
    }

    private static Path pub(Path key) {
        return key.resolveSibling(key.getFileName().toString().replace(".key", ".pub"));
    }

    @Test
    void a_folder_that_is_gone_is_an_error_and_not_an_unknown_key() throws IOException {
        Path keyFile = FileKeySource.create(folder, Purpose.PEPPER, new SecureRandom());
        FileKeySource source = new FileKeySource(folder);
        Files.delete(keyFile);
        Files.delete(folder);

        assertThatThrownBy(() -> source.find(Purpose.PEPPER, "other")).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void a_missing_folder_says_what_to_run() {
        assertThatThrownBy(() -> new FileKeySource(folder.resolve("none")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("run: mcp-guard init");
    }

    @Test
    void a_created_key_is_its_owner_s_alone_and_current() throws IOException {
        Path file = FileKeySource.create(folder, Purpose.AUDIT_MASK, new SecureRandom());

        NamedKey current = new FileKeySource(folder).current(Purpose.AUDIT_MASK).orElseThrow();

        assertThat(file).hasFileName("audit-mask-" + current.id() + ".key");
        assertThat(current.key().getEncoded()).hasSize(32);
        assumeTrue(posix());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_key_that_others_can_read_is_refused_with_the_command_that_helps() throws IOException {
        assumeTrue(posix());
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
            Path file = FileKeySource.create(folder, Purpose.PEPPER, new SecureRandom());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            assertThatThrownBy(() -> new FileKeySource(folder))
                    .as(mode)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("chmod 600 " + file);
            Files.delete(file);
        }
    }

    @Test
    void keys_that_were_made_up_are_refused_without_showing_them() {
        byte[] counting = new byte[32];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) (i * 7 + 200);
        }
        Map<String, String> madeUp = Map.of(
                "only 16 bytes", encode(new byte[16]),
                "repeats itself", encode(new byte[32]),
                "readable text", encode("change-me-in-production-please!!".getBytes(StandardCharsets.US_ASCII)),
                "counts up", encode(counting),
                "base64", "change-me");

        madeUp.forEach((why, content) -> {
            write(folder.resolve("pepper-k1.key"), content);

            assertThatThrownBy(() -> new FileKeySource(folder))
                    .as(why)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(why)
                    .hasMessageContaining("mcp-guard init")
                    .hasMessageNotContaining(content);
        });
    }

    @Test
    void several_keys_without_a_pointer_are_refused() {
        SecureRandom random = new SecureRandom();
        FileKeySource.create(folder, Purpose.PEPPER, random);
        FileKeySource.create(folder, Purpose.PEPPER, random);

        assertThatThrownBy(() -> new FileKeySource(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("pepper.current");
    }

    @Test
    void a_pointer_to_nothing_is_refused() {
        FileKeySource.create(folder, Purpose.PEPPER, new SecureRandom());
        write(folder.resolve("pepper.current"), "gone");

        assertThatThrownBy(() -> new FileKeySource(folder)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void one_key_for_two_purposes_is_refused() throws IOException {
        Path pepper = FileKeySource.create(folder, Purpose.PEPPER, new SecureRandom());
        write(folder.resolve("cursor-k1.key"), Files.readString(pepper));

        assertThatThrownBy(() -> new FileKeySource(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("same key");
    }

    @Test
    void every_bad_key_is_named_at_once() {
        write(folder.resolve("pepper-k1.key"), "x");
        write(folder.resolve("cursor-k1.key"), "x");
        write(folder.resolve("salt.key"), "x");

        assertThatThrownBy(() -> new FileKeySource(folder))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(3));
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void write(Path file, String content) {
        try {
            Files.writeString(file, content);
            if (posix()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean posix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
