package io.mcpguard.audit;

import java.util.Map;

/**
 * Names what an audit event says, for a sink whose log service takes names and values in the place of a text.
 *
 * <p>What {@link AuditFormat} asks of a text holds here too: the answers depend on the event and on what the object was made with and
 * on nothing else, no event makes it throw, what the event does not hold is left out, and many threads may ask at once.
 *
 * @since 0.1
 */
public interface AuditAttributes {

    /**
     * Names the kind of event.
     *
     * @param event the event
     * @return a name of which there are few, whatever callers send
     */
    String eventName(AuditEvent event);

    /**
     * Lists names and values.
     *
     * @param event the event, with its place in the chain once the journal has it
     * @return values by name, each a {@link String} or a {@link Long}, in a fixed order; unmodifiable
     */
    Map<String, Object> attributes(AuditEvent event);
}
