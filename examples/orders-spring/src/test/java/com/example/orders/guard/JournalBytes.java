package com.example.orders.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The records of a journal as bytes in a file, for somebody who knows the format and changes it by hand. */
final class JournalBytes {

    private static final int HEADER = 64;
    private static final int OVERHEAD = 49;

    private final Path file;
    private final byte[] bytes;
    private final List<Integer> starts = new ArrayList<>();

    /** What somebody may do to a record. */
    enum Tampering {
        /** Turns a letter of the record into another. */
        EDIT,
        /** The same, and makes the checksum right again. */
        EDIT_CAREFULLY,
        /** Takes the record out. */
        DELETE,
        /** Changes places with the record before or after. */
        SWAP
    }

    private JournalBytes(Path file) throws IOException {
        this.file = file;
        this.bytes = Files.readAllBytes(file);
        for (int at = HEADER;
                at < bytes.length;
                at += OVERHEAD + ByteBuffer.wrap(bytes).getInt(at)) {
            starts.add(at);
        }
    }

    /** Reads the largest segment. */
    static JournalBytes read(Path journal) throws IOException {
        Path largest = null;
        try (var files = Files.list(journal)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".wal")).toList()) {
                if (largest == null || Files.size(file) > Files.size(largest)) {
                    largest = file;
                }
            }
        }
        return new JournalBytes(largest);
    }

    int size() {
        return starts.size();
    }

    long sequence(int record) {
        return ByteBuffer.wrap(bytes).getLong(starts.get(record) + 8);
    }

    /** Answers the record where it happened: a swap of the last record happens one before it. */
    int tamper(Path journal, Tampering tampering, int record) throws IOException {
        int start = starts.get(record);
        int end = end(record);
        byte[] changed = bytes.clone();
        int place = record;
        switch (tampering) {
            case EDIT -> letter(changed, start, end);
            case EDIT_CAREFULLY -> {
                letter(changed, start, end);
                CRC32C crc = new CRC32C();
                crc.update(changed, start, 4);
                crc.update(changed, start + 8, end - start - 8);
                ByteBuffer.wrap(changed).putInt(start + 4, (int) crc.getValue());
            }
            case DELETE -> {
                changed = new byte[bytes.length - (end - start)];
                System.arraycopy(bytes, 0, changed, 0, start);
                System.arraycopy(bytes, end, changed, start, bytes.length - end);
            }
            case SWAP -> {
                place = Math.min(record, size() - 2);
                int first = starts.get(place);
                int second = starts.get(place + 1);
                int last = end(place + 1);
                System.arraycopy(bytes, second, changed, first, last - second);
                System.arraycopy(bytes, first, changed, first + last - second, second - first);
            }
        }
        Files.write(journal.resolve(file.getFileName()), changed);
        return place;
    }

    private int end(int record) {
        return record + 1 < size() ? starts.get(record + 1) : bytes.length;
    }

    /** Any digit of the record's JSON will do: of a time, a status, an id. */
    private static void letter(byte[] changed, int start, int end) {
        String json = new String(changed, start + OVERHEAD, end - start - OVERHEAD, StandardCharsets.US_ASCII);
        int digit = json.indexOf("\"time\"") + 9;
        changed[start + OVERHEAD + digit] ^= 1;
    }
}
