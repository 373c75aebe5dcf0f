package io.mcpguard.core.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A disk that remembers what it was told to keep, so that a test can cut the power: of what was written since, any sector may be
 * there or not, in any order, whatever the operating system had in its memory.
 */
final class PowerLossDisk implements SegmentDisk {

    private static final int SECTOR = 512;

    private final Map<Path, byte[]> kept = new HashMap<>();
    private final Set<Path> names = new HashSet<>();
    private final List<byte[]> tips = new ArrayList<>();

    @Override
    public OutputStream create(Path file) throws IOException {
        return SegmentDisk.REAL.create(file);
    }

    @Override
    public void force(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Path tip = file.resolveSibling("tip");
        byte[] current = Files.exists(tip) ? Files.readAllBytes(tip) : null;
        synchronized (this) {
            kept.put(file, bytes);
            if (current != null) {
                tips.add(current);
            }
        }
    }

    @Override
    public synchronized void forceNames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(names::add);
        }
    }

    /** What is found when power is back: everything that was forced, and of the rest whatever chance has left. */
    synchronized void lose(Path folder, Path found, Random random) throws IOException {
        Files.createDirectories(found);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            if (!names.contains(file) && random.nextBoolean()) {
                continue;
            }
            byte[] now = Files.readAllBytes(file);
            byte[] left;
            if (file.endsWith("tip")) {
                // Each slot lies in one sector, and both in the same.
                tips.add(now);
                left = tips.get(random.nextInt(tips.size()));
            } else {
                left = mixed(kept.getOrDefault(file, new byte[0]), now, random);
            }
            Files.write(found.resolve(file.getFileName()), left);
        }
    }

    private static byte[] mixed(byte[] kept, byte[] now, Random random) {
        int size = random.nextBoolean() ? Math.max(kept.length, now.length) : kept.length;
        byte[] left = Arrays.copyOf(kept, size);
        // Mostly what was written first is there first; sometimes there is no order at all.
        int reached = random.nextInt(size + 1);
        boolean orderly = random.nextBoolean();
        for (int start = 0; start < size; start += SECTOR) {
            boolean written = orderly ? start < reached : random.nextBoolean();
            if (written) {
                int end = Math.min(start + SECTOR, Math.min(size, now.length));
                if (end > start) {
                    System.arraycopy(now, start, left, start, end - start);
                }
            }
        }
        return left;
    }
}
