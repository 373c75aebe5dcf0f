package io.mcpguard.core.protocol;

import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.guard.CallerText;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.json.JsonOutput;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.CallOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the record of a request needs, and no more, before anybody is identified. Nothing here is trusted: see
 * {@link CallerText}.
 */
final class FactsReader {

    static final String CLIENT_ID = "X-Client-ID";
    static final String PROFILE_ID = "X-Profile-ID";

    /** What clients count requests with: a number that could be no card's, or a UUID. */
    private static final Pattern PLAIN_ID =
            Pattern.compile("-?[0-9]{1,10}|\"[0-9]{1,10}\"|\"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\"");

    private final Predicate<String> isTool;
    private final UnaryOperator<String> hash;

    /**
     * Makes a reader.
     *
     * @param isTool whether there is a tool of a name
     * @param hash what stands in a record for an id that could be anything
     */
    FactsReader(Predicate<String> isTool, UnaryOperator<String> hash) {
        this.isTool = isTool;
        this.hash = hash;
    }

    RequestFacts ofHeaders(McpRequest request, RequestHeaders headers, Instant arrival) {
        CallOrigin origin = request.origin();
        return new RequestFacts(
                Channel.MCP,
                CallerText.httpMethod(request.httpMethod()),
                AuditTarget.unknown(),
                presented(headers, request.presentation()),
                request.presentation(),
                headers.first(CLIENT_ID),
                headers.first(PROFILE_ID),
                new AuditSource(
                        origin.remoteAddress(),
                        origin.remotePort(),
                        headers.first("User-Agent").map(CallerText::shown),
                        Optional.empty(),
                        headers.first(RequestHeaders.VERSION).map(CallerText::revision),
                        Optional.empty(),
                        headers.first("traceparent").filter(CallerText::isTraceparent)),
                arrival);
    }

    /** Adds what one message says of itself. An array or no JSON at all adds nothing but that it is one. */
    RequestFacts ofMessage(RequestFacts facts, JsonNode message) {
        if (!message.isObject()) {
            return facts.withMethod(message.isArray() ? "batch" : AuditTarget.UNKNOWN);
        }
        String method = NamedMethods.ofProtocol(text(message.path("method")).orElse(""));
        JsonNode params = message.path("params");
        JsonNode meta = params.path("_meta");
        JsonNode clientInfo =
                meta.has(Message.META_CLIENT) ? meta.path(Message.META_CLIENT) : params.path("clientInfo");
        AuditSource before = facts.source();
        AuditSource source = new AuditSource(
                before.address(),
                before.port(),
                before.userAgent(),
                client(clientInfo),
                text(meta.path(Message.META_VERSION)).map(CallerText::revision).or(before::protocolVersion),
                id(message.path("id")),
                text(meta.path("traceparent")).filter(CallerText::isTraceparent).or(before::traceparent));
        return new RequestFacts(
                facts.channel(),
                method,
                target(method, params),
                facts.credential(),
                facts.presentation(),
                facts.clientId(),
                facts.profileId(),
                source,
                facts.arrival());
    }

    /** The id as it stands in the message, a text with its quotation marks, or its hash where it could be anything. */
    private Optional<String> id(JsonNode id) {
        if (!id.isString() && !id.isIntegralNumber()) {
            return Optional.empty();
        }
        String text = JsonOutput.text(id);
        return Optional.of(PLAIN_ID.matcher(text).matches() ? text : hash.apply(text));
    }

    /** Names the client of a legacy request, which says so in its handshake only. */
    static RequestFacts calledBy(RequestFacts facts, String client) {
        AuditSource source = facts.source();
        return facts.withSource(new AuditSource(
                source.address(),
                source.port(),
                source.userAgent(),
                Optional.of(CallerText.shown(client)),
                source.protocolVersion(),
                source.rpcId(),
                source.traceparent()));
    }

    static RequestFacts servedAs(RequestFacts facts, Revision revision) {
        AuditSource source = facts.source();
        if (source.protocolVersion().isPresent()
                && source.protocolVersion().get().equals(revision.text())) {
            return facts;
        }
        return facts.withSource(new AuditSource(
                source.address(),
                source.port(),
                source.userAgent(),
                source.clientInfo(),
                Optional.of(revision.text()),
                source.rpcId(),
                source.traceparent()));
    }

    /** Why the caller cannot even be asked for: headers that two parts of a system could read differently. */
    static Optional<Deny> ambiguity(RequestHeaders headers) {
        List<String> authorization = headers.all("Authorization");
        if (authorization.size() > 1) {
            return Optional.of(new Deny(Reason.UNAUTHENTICATED, "authorization-repeated"));
        }
        if (!authorization.isEmpty() && !isCredential(authorization.get(0))) {
            return Optional.of(new Deny(Reason.UNAUTHENTICATED, "authorization-malformed"));
        }
        boolean repeated =
                headers.all(CLIENT_ID).size() > 1 || headers.all(PROFILE_ID).size() > 1;
        return repeated
                ? Optional.of(new Deny(Reason.PROFILE_NOT_ENTITLED, "profile-header-repeated"))
                : Optional.empty();
    }

    /** Whether there is a scheme, and something after it. Values come without white space around them. */
    private static boolean isCredential(String authorization) {
        int space = authorization.indexOf(' ');
        return space >= 1 && !authorization.substring(space).isBlank();
    }

    /** A certificate stands for itself only where nothing else is presented. */
    private static Optional<Credential> presented(RequestHeaders headers, Presentation presentation) {
        Optional<String> authorization = headers.first("Authorization");
        return authorization.isPresent()
                ? credential(authorization.get())
                : presentation.certificate().map(Credential::ofCertificate);
    }

    private static Optional<Credential> credential(String authorization) {
        if (!isCredential(authorization)) {
            return Optional.empty();
        }
        int space = authorization.indexOf(' ');
        return Optional.of(new Credential(
                authorization.substring(0, space).toLowerCase(Locale.ROOT),
                authorization.substring(space).strip()));
    }

    private AuditTarget target(String method, JsonNode params) {
        String tool = method.equals("tools/call")
                ? text(params.path("name")).filter(isTool).orElse(AuditTarget.UNKNOWN)
                : AuditTarget.UNKNOWN;
        return new AuditTarget(tool, method);
    }

    private static Optional<String> client(JsonNode clientInfo) {
        return text(clientInfo.path("name"))
                .map(name -> CallerText.shown(text(clientInfo.path("version"))
                        .map(version -> name + "/" + version)
                        .orElse(name)));
    }

    /** A string and nothing else: {@code asString} of Jackson would turn numbers into texts. */
    private static Optional<String> text(JsonNode node) {
        return node.stringValueOpt();
    }
}
