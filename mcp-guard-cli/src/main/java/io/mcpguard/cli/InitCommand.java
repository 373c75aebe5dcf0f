package io.mcpguard.cli;

import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.profile.ProfileSchema;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes a home: an example to edit and fresh secret keys. What is there already stays as it is. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the home folder: a profiles.yaml to edit and fresh secret keys.",
            "What is there already is kept as it is. No API key is made."
        })
final class InitCommand implements Callable<Integer> {

    @Mixin
    private Home home = new Home();

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;

    InitCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            folder(home.folder(), out);
            folder(home.keys(), out);
            for (Purpose purpose : Purpose.values()) {
                String word = purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
                key(word, out, () -> FileKeySource.create(home.keys(), purpose, tools.random()));
            }
            key("checkpoint", out, () -> FileKeySource.createSigning(home.keys(), tools.random()));
            example(out);
            schema(out);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The home " + home.folder() + " could not be made (" + e + "). Check who owns the folder above it.",
                    e);
        }
        out.println();
        out.println("Next: edit " + home.profiles() + ", then run: mcp-guard profile check");
        return 0;
    }

    private void folder(Path folder, PrintWriter out) throws IOException {
        if (Files.isDirectory(folder)) {
            out.println("kept  " + folder);
            return;
        }
        if (Files.exists(folder)) {
            throw new ConfigurationException(
                    "home", folder + " is a file. Choose another folder with --home or MCP_GUARD_HOME.");
        }
        Files.createDirectories(folder, ownerOnly("rwx------"));
        out.println("made  " + folder);
    }

    private void key(String word, PrintWriter out, Supplier<Path> fresh) throws IOException {
        boolean found = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.keys(), word + "-*.key")) {
            for (Path file : files) {
                out.println("kept  " + file);
                found = true;
            }
        }
        if (!found) {
            out.println("made  " + fresh.get());
        }
    }

    private void example(PrintWriter out) throws IOException {
        Path file = home.profiles();
        if (Files.exists(file)) {
            out.println("kept  " + file);
            return;
        }
        try (InputStream example = InitCommand.class.getResourceAsStream("profiles-example.yaml")) {
            byte[] bytes = Objects.requireNonNull(example).readAllBytes();
            Files.createFile(file, ownerOnly("rw-------"));
            Files.write(file, bytes, StandardOpenOption.WRITE);
        }
        out.println("made  " + file);
    }

    /** For editors, beside the file that refers to it. */
    private void schema(PrintWriter out) throws IOException {
        Path file = home.folder().resolve(ProfileSchema.FILE_NAME);
        if (Files.exists(file)) {
            out.println("kept  " + file);
            return;
        }
        Files.createFile(file, ownerOnly("rw-------"));
        Files.writeString(file, ProfileSchema.text(), StandardOpenOption.WRITE);
        out.println("made  " + file);
    }

    private FileAttribute<?>[] ownerOnly(String mode) {
        Set<String> views = home.folder().getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
