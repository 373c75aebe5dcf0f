package io.mcpguard.spring.actuate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guard of a service publishes, to whom, and how.
 *
 * @param service name of the service
 * @param endpoint path of the MCP endpoint, context path included
 * @param catalogDigest changes with everything a client can be told
 * @param invoker how calls of AI clients reach operations at the moment, and why so
 * @param journal where records are kept
 * @param audit how the journal, its sinks and its checkpoints are doing; null where the service records elsewhere
 * @param store how the profile store is doing
 * @param products what is published
 * @param profiles to whom it is open
 * @since 0.1
 */
public record Inventory(
        String service,
        String endpoint,
        String catalogDigest,
        String invoker,
        String journal,
        @Nullable TrailView audit,
        Store store,
        List<PublishedProduct> products,
        List<ProfileView> profiles) {

    /**
     * How the profile store is doing.
     *
     * @param kind what it is
     * @param current whether what is in use is what the store holds now
     * @param problems why not, one sentence a mistake
     * @since 0.1
     */
    public record Store(String kind, boolean current, List<String> problems) {}

    /**
     * A product and its operations.
     *
     * @param id id of the product
     * @param name its name for people
     * @param operations what belongs to it
     * @since 0.1
     */
    public record PublishedProduct(String id, String name, List<OperationView> operations) {}

    /**
     * An operation.
     *
     * @param id id of the operation
     * @param method HTTP method
     * @param path path template
     * @param digest changes when anything about it does, its schemas included
     * @param readOnly whether it changes nothing, by which profiles can open and close it
     * @param tags words by which profiles can open and close it
     * @param scopes scopes that a caller's token needs
     * @since 0.1
     */
    public record OperationView(
            String id,
            String method,
            String path,
            String digest,
            boolean readOnly,
            List<String> tags,
            List<String> scopes) {}

    /**
     * A profile and what it opens.
     *
     * @param id id of the profile
     * @param client id of the client it belongs to
     * @param state whether it may be used
     * @param operations ids of the operations it opens
     * @param limits what bounds it, each as a short text
     * @param roles roles that the service sees on calls with a key of it
     * @since 0.1
     */
    public record ProfileView(
            String id, String client, String state, List<String> operations, List<String> limits, List<String> roles) {}
}
