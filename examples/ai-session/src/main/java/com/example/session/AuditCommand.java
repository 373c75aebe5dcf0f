package com.example.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks for the audit trail by the command {@code mcp-guard}, as an operator would. */
final class AuditCommand implements AuditQuery {

    private final Path cli;
    private final Path journal;

    AuditCommand(Path cli, Path journal) {
        this.cli = cli;
        this.journal = journal;
    }

    @Override
    public String records(Instant from, Instant to, String format) {
        return run(
                "audit",
                "query",
                journal.toString(),
                "--from",
                from.toString(),
                "--to",
                to.toString(),
                "--format",
                format);
    }

    @Override
    public String verify() {
        return run("audit", "verify", journal.toString());
    }

    @Override
    public String shown() {
        return "mcp-guard audit query --from ... --to ...";
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(cli.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new Unexpected(
                        "mcp-guard " + String.join(" ", arguments) + " ended with exit code " + code + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new Unexpected("cannot run " + cli, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("interrupted while waiting for " + cli, e);
        }
    }
}
