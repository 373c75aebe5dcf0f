package io.mcpguard.spring.actuate;

import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.JournalStatus;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.audit.SinkStatus;
import io.mcpguard.core.checkpoint.Checkpoint;
import io.mcpguard.core.checkpoint.CheckpointStatus;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.spring.actuate.TrailView.CheckpointView;
import io.mcpguard.spring.actuate.TrailView.SinkView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks journal, sinks and checkpoints how they are doing; what the actuator endpoint and health show.
 *
 * @since 0.1
 */
public final class TrailStanding {

    private final Optional<Journal> journal;
    private final Optional<SinkFeeder> sinks;
    private final Optional<Checkpoints> checkpoints;

    TrailStanding(Optional<Journal> journal, Optional<SinkFeeder> sinks, Optional<Checkpoints> checkpoints) {
        this.journal = journal;
        this.sinks = sinks;
        this.checkpoints = checkpoints;
    }

    /**
     * Looks now. Costs nothing.
     *
     * @return how it stands; empty where the service keeps its records elsewhere than in a journal
     */
    public Optional<TrailView> view() {
        return journal.map(Journal::status).map(this::view);
    }

    private TrailView view(JournalStatus status) {
        return new TrailView(
                status.takesCalls(),
                status.bytes(),
                status.quota().isPresent() ? status.quota().getAsLong() : null,
                status.room().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                status.refused(),
                status.failure().orElse(null),
                sinks.map(feeder -> feeder.status().stream()
                                .map(TrailStanding::view)
                                .toList())
                        .orElse(List.of()),
                checkpoints
                        .map(Checkpoints::status)
                        .filter(CheckpointStatus::enabled)
                        .map(TrailStanding::view)
                        .orElse(null));
    }

    private static SinkView view(SinkStatus status) {
        return new SinkView(
                status.name(),
                status.delivered(),
                status.behind(),
                status.behindSince().orElse(null),
                status.failedBatches(),
                status.failure().orElse(null));
    }

    private static CheckpointView view(CheckpointStatus status) {
        return new CheckpointView(
                status.made(),
                status.last().map(Checkpoint::time).orElse(null),
                status.failures(),
                status.failure().orElse(null));
    }

    /**
     * What health says: down when calls cannot be recorded, since they are refused then. A sink that is behind or a checkpoint that
     * failed is told and makes nothing unhealthy: restarting the service would not mend it. Without the texts of problems, which
     * name files and hosts.
     */
    Map<String, Object> details(TrailView view) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("room", view.room());
        details.put("refused", view.refused());
        for (SinkView sink : view.sinks()) {
            details.put(
                    "sink " + sink.name(),
                    (sink.problem() == null ? "ok" : "failing") + ", " + sink.behind() + " behind");
        }
        CheckpointView made = view.checkpoints();
        if (made != null) {
            details.put("checkpoints", made.problem() == null ? "ok" : "failing");
        }
        return details;
    }
}
