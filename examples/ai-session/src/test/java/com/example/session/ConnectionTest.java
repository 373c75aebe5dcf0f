package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    @TempDir
    Path folder;

    @Test
    void reads_what_quickstart_writes() throws IOException {
        Path file = Files.writeString(folder.resolve("connection.json"), """
                {"url": "http://127.0.0.1:1/mcp", "restUrl": "http://127.0.0.1:1", "pid": 7, "journal": "/a folder/audit",
                 "profiles": [{"clientId": "c", "profileId": "p", "credential": "secret-key"}]}
                """);

        Connection connection = Connection.read(file);

        assertThat(connection.url()).isEqualTo(URI.create("http://127.0.0.1:1/mcp"));
        assertThat(connection.journal()).isEqualTo(Path.of("/a folder/audit"));
        assertThat(connection.access("p").credential()).isEqualTo("secret-key");
        assertThat(connection.toString()).doesNotContain("secret-key");
        assertThatThrownBy(() -> connection.access("q"))
                .isInstanceOf(Unexpected.class)
                .hasMessageContaining("q");
    }
}
