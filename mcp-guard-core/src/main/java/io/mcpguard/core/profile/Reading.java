package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.Profile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What reading a file gave: a document, or the mistakes that stand in its way.
 *
 * @param document empty when there is any mistake
 * @param problems one sentence a mistake
 * @param records the records of keys that can be read, whatever else is wrong with the file
 * @param profileIds ids of the profiles, with mistakes or without
 * @param withdrawn keys that the file, whatever its mistakes, readably suspends or revokes
 * @param text the file as text, empty when it is none
 * @param root the YAML, empty when it cannot be read
 */
record Reading(
        Optional<ProfileDocument> document,
        List<String> problems,
        List<ApiKeyRecord> records,
        Set<String> profileIds,
        Map<String, State> withdrawn,
        String text,
        Optional<YamlNode> root) {

    private static final int FORMAT_VERSION = 1;

    static Reading of(FileContent content, Optional<Set<String>> allowedRoles) {
        Problems problems = new Problems();
        content.weakness().ifPresent(weakness -> problems.add(1, 1, weakness));
        Optional<String> text =
                content.bytes().length > FileContent.MAX_BYTES ? Optional.empty() : decode(content.bytes(), problems);
        Optional<YamlNode> root = text.flatMap(readable -> YamlReader.read(readable, problems));
        Optional<Fields> fields = root.flatMap(node -> Fields.of(node, "the file", problems));
        if (fields.isEmpty()) {
            return new Reading(
                    Optional.empty(), problems.sentences(), List.of(), Set.of(), Map.of(), text.orElse(""), root);
        }
        checkVersion(fields.get());
        Section<Client> clients = ClientSection.read(fields.get(), problems);
        Section<Profile> profiles = ProfileSection.read(fields.get(), clients, allowedRoles, problems);
        CredentialSection credentials = CredentialSection.read(fields.get(), profiles, problems);
        fields.get().done();
        List<ApiKeyRecord> records = credentials.section.entries;
        Optional<ProfileDocument> document = problems.none()
                ? Optional.of(new ProfileDocument(clients.entries, profiles.entries, records, content.digest()))
                : Optional.empty();
        return new Reading(
                document, problems.sentences(), records, profiles.ids, credentials.withdrawn, text.orElse(""), root);
    }

    private static void checkVersion(Fields fields) {
        if (!fields.has("version")) {
            fields.missing("version", "write 'version: 1' at the top");
            return;
        }
        Integer version = fields.count("version");
        if (version != null && version != FORMAT_VERSION) {
            fields.wrong("version", "this release reads version 1 of the format only; write 'version: 1'");
        }
    }

    private static Optional<String> decode(byte[] bytes, Problems problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(1, 1, "the file is not UTF-8; save it as UTF-8");
            return Optional.empty();
        }
        if (text.startsWith("\uFEFF")) {
            problems.add(1, 1, "the file starts with a byte order mark; save it as UTF-8 without one");
            return Optional.empty();
        }
        return Optional.of(text);
    }
}
