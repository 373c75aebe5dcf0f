package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a door knows of a request before anybody is identified.
 *
 * @param channel the door
 * @param method protocol method or HTTP method, as the record is to name it
 * @param target what is called, as far as it is known
 * @param credential what was presented in the Authorization header, or by certificate where there is no such header
 * @param presentation how it was presented
 * @param clientId the X-Client-ID header
 * @param profileId the X-Profile-ID header
 * @param source where the request came from
 * @param arrival when it arrived
 * @since 0.1
 */
public record RequestFacts(
        Channel channel,
        String method,
        AuditTarget target,
        Optional<Credential> credential,
        Presentation presentation,
        Optional<String> clientId,
        Optional<String> profileId,
        AuditSource source,
        Instant arrival) {

    public RequestFacts {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(presentation, "presentation");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(profileId, "profileId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(arrival, "arrival");
    }

    /**
     * What is known of a request that proves no possession: a credential that is bound to its sender fails.
     *
     * @param channel the door
     * @param method protocol method or HTTP method, as the record is to name it
     * @param target what is called, as far as it is known
     * @param credential what was presented
     * @param clientId the X-Client-ID header
     * @param profileId the X-Profile-ID header
     * @param source where the request came from
     * @param arrival when it arrived
     */
    public RequestFacts(
            Channel channel,
            String method,
            AuditTarget target,
            Optional<Credential> credential,
            Optional<String> clientId,
            Optional<String> profileId,
            AuditSource source,
            Instant arrival) {
        this(channel, method, target, credential, Presentation.none(), clientId, profileId, source, arrival);
    }

    /**
     * Says how the credential is presented.
     *
     * @param known the presentation
     * @return a copy with that presentation
     */
    public RequestFacts withPresentation(Presentation known) {
        return new RequestFacts(channel, method, target, credential, known, clientId, profileId, source, arrival);
    }

    /**
     * Names the target once it is known.
     *
     * @param known what is called
     * @return a copy with that target
     */
    public RequestFacts withTarget(AuditTarget known) {
        return new RequestFacts(channel, method, known, credential, presentation, clientId, profileId, source, arrival);
    }

    /**
     * Names the protocol method once it is known.
     *
     * @param known the method
     * @return a copy with that method
     */
    public RequestFacts withMethod(String known) {
        return new RequestFacts(channel, known, target, credential, presentation, clientId, profileId, source, arrival);
    }

    /**
     * Adds what the body says of the source.
     *
     * @param known the source
     * @return a copy with that source
     */
    public RequestFacts withSource(AuditSource known) {
        return new RequestFacts(channel, method, target, credential, presentation, clientId, profileId, known, arrival);
    }
}
