package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.Stage;
import io.mcpguard.testkit.contract.AuditSinkContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingSinkTest extends AuditSinkContract {

    private final RecordingSink recording = new RecordingSink();

    @Override
    protected AuditSink newSink() {
        return recording;
    }

    @Override
    protected List<AuditEvent> kept() {
        return recording.events();
    }

    @Override
    protected AuditSink failingSink() {
        recording.failing(true);
        return recording;
    }

    @Override
    protected Optional<AuditSink> hangingSink() {
        return Optional.empty();
    }

    @Test
    void finds_events_by_call_and_by_stage() {
        AuditEvent event = Events.at(Stage.INTENT);
        AuditEvent other = Events.at(Stage.DENIED);
        recording.write(List.of(event, other));

        assertThat(recording.eventsOf(event.callId())).containsExactly(event);
        assertThat(recording.eventsAt(Stage.DENIED)).containsExactly(other);
        assertThat(recording.eventsAt(Stage.OUTCOME)).isEmpty();
    }
}
