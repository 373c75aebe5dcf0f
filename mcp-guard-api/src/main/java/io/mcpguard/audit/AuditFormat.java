package io.mcpguard.audit;

/**
 * Turns an audit event into the text of one record, in a format that a log service understands.
 *
 * <p>A sink that sends text takes a format and asks it for each event, on the sink's own thread and away from every request.
 * The guard has formats for OCSF, ECS, CEF, LEEF, syslog and its own JSON; implement this for another.
 *
 * <p>Rules for implementers, each with a test in {@code AuditFormatContract}:
 *
 * <ul>
 *   <li><b>AF-1</b> Pure: the text depends on the event and on what the format was made with, and on nothing else; not on
 *       the clock, the language or the time zone of the machine. The same event always gives the same text, so that a record
 *       sent twice is recognized.
 *   <li><b>AF-2</b> One record is one line: the text is not empty, and holds no line end of any kind and no control character
 *       but the horizontal tab. Nothing a caller sends can begin a second record.
 *   <li><b>AF-3</b> Any text: every field of an event may hold any characters, halves of surrogate pairs included. What
 *       comes out can be encoded as UTF-8.
 *   <li><b>AF-4</b> No event makes it throw. What the event does not hold is left out, never made up.
 *   <li><b>AF-5</b> The text has at most {@link #maxBytes()} bytes in UTF-8, which is at most 1 MiB. What was cut says so.
 *   <li><b>AF-6</b> Safe for use by many threads at once.
 *   <li><b>AF-7</b> {@link #name()}, {@link #mediaType()} and {@link #maxBytes()} never change.
 * </ul>
 *
 * @since 0.1
 */
public interface AuditFormat {

    /** No format has records larger than this, in bytes of UTF-8. */
    int MOST_BYTES = 1024 * 1024;

    /**
     * Writes one event.
     *
     * @param event the event, with its place in the chain once the journal has it
     * @return the record without a line end
     */
    String format(AuditEvent event);

    /**
     * Names the format in settings and messages.
     *
     * @return lower-case letters, digits and hyphens, such as {@code ocsf}
     */
    String name();

    /**
     * Says what a record is, for a sink whose transport declares it.
     *
     * @return the media type of one record, such as {@code application/json}, without parameters; records are UTF-8
     */
    String mediaType();

    /**
     * Says how large a record can become, for a sink that sends datagrams or fills buffers.
     *
     * @return the most bytes that a record has in UTF-8
     */
    int maxBytes();
}
