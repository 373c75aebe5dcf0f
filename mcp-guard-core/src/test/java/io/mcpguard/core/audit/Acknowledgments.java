package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Which records were acknowledged, in memory that outlives the process: up to the very moment it is killed. */
final class Acknowledgments {

    private static final int SLOT = 16;
    private static final int SLOTS = 400_000;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer slots;
    private final AtomicInteger next = new AtomicInteger();

    private Acknowledgments(ByteBuffer slots) {
        this.slots = slots;
    }

    static Acknowledgments write(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Acknowledgments(channel.map(MapMode.READ_WRITE, 0, (long) SLOT * SLOTS));
        }
    }

    /** Notes a record; false when there is no room for another. */
    boolean add(AuditEvent event) {
        int at = next.getAndIncrement() * SLOT;
        if (at + SLOT > slots.capacity()) {
            return false;
        }
        LONGS.set(slots, at + 8, event.id().getLeastSignificantBits());
        LONGS.setRelease(slots, at, event.id().getMostSignificantBits());
        return true;
    }

    /** Whether so many have been noted. */
    boolean has(int count) {
        return (long) LONGS.getAcquire(slots, (count - 1) * SLOT) != 0;
    }

    /** The ids of the records. */
    List<UUID> all() {
        List<UUID> all = new ArrayList<>();
        for (int at = 0; at < slots.capacity(); at += SLOT) {
            long first = (long) LONGS.getAcquire(slots, at);
            if (first != 0) {
                all.add(new UUID(first, (long) LONGS.get(slots, at + 8)));
            }
        }
        return all;
    }
}
