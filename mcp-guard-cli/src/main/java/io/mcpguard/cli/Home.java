package io.mcpguard.cli;

import io.mcpguard.core.profile.ProfileDocument;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The folder with everything that belongs to one guard. */
final class Home {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MCP_GUARD_HOME:-mcp-guard}",
            description = "Folder with profiles.yaml, keys/ and audit/ (default: $MCP_GUARD_HOME, else ./mcp-guard).")
    private Path folder = Path.of("mcp-guard");

    Path folder() {
        return folder;
    }

    Path profiles() {
        return folder.resolve("profiles.yaml");
    }

    Path keys() {
        return folder.resolve("keys");
    }

    /** Reads the profiles. Which roles the service allows is not known here. */
    ProfileDocument read() {
        return ProfileDocument.read(profiles(), Optional.empty());
    }
}
