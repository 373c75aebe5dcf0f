package io.mcpguard.decision;

/**
 * Why a call was refused, as the caller is told.
 *
 * <p>The list is closed on purpose: each reason has one code, one HTTP status and one fixed sentence, on REST and on MCP. The
 * true cause, which may say more, stands in the audit record. Codes are never renamed; docs/errors.md explains each.
 *
 * @since 0.1
 */
public enum Reason {
    /** No credential, or one that is not valid, for whatever cause: the text never says which. */
    UNAUTHENTICATED("unauthenticated", 401, "A valid credential is required. Check the Authorization header."),
    /** The headers select a client or profile that the credential is not entitled to, whether it exists or not. */
    PROFILE_NOT_ENTITLED(
            "profile-not-entitled",
            403,
            "The credential is not entitled to this client and profile. Check X-Client-ID and X-Profile-ID."),
    /** The credential is entitled to several profiles and none was selected. */
    PROFILE_REQUIRED("profile-required", 403, "The credential has several profiles. Select one with X-Profile-ID."),
    /** The profile or its client is suspended, or it is not yet or no longer valid. */
    PROFILE_INACTIVE("profile-inactive", 403, "The profile is not active. Ask the owner of the service."),
    /** The caller's address lies outside the networks of the profile. */
    NETWORK_NOT_ALLOWED("network-not-allowed", 403, "The profile cannot be used from this network."),
    /** No such operation, or none that the profile opens: the two are indistinguishable. */
    OPERATION_NOT_AVAILABLE(
            "operation-not-available",
            404,
            "No such operation is available to this profile. Use list_endpoints to see what is."),
    /** A rule of the service's owner refused. */
    RULE_REFUSED("rule-refused", 403, "A rule of this service does not allow the call."),
    /** A rate limit, quota or limit on calls in flight was reached. */
    LIMIT_REACHED("limit-reached", 429, "A limit of this profile was reached. Wait before trying again."),
    /** Too many requests without a valid credential from one address. */
    FLOOD("too-many-requests", 429, "Too many requests. Wait before trying again."),
    /** Arguments do not fit what the operation declares. */
    ARGUMENTS_INVALID("arguments-invalid", 422, "The arguments do not fit the operation. See endpoint_details."),
    /** The message is not what the protocol asks for. */
    REQUEST_MALFORMED("request-malformed", 400, "The request is not a valid message."),
    /** The message is larger than the service accepts. */
    REQUEST_TOO_LARGE("request-too-large", 413, "The request is larger than this service accepts."),
    /** The Origin header names a site that is not allowed. */
    ORIGIN_NOT_ALLOWED("origin-not-allowed", 403, "Requests from this origin are not allowed."),
    /** The Host header names a host that is not allowed. */
    HOST_NOT_ALLOWED("host-not-allowed", 403, "Requests for this host are not allowed."),
    /** The service's own security or another of its filters refused before the guard could decide. */
    REFUSED_BY_SERVICE("refused-by-service", 403, "The service refused the request."),
    /** The call cannot be recorded, so it was not made. */
    AUDIT_UNAVAILABLE(
            "audit-unavailable", 503, "The call cannot be recorded right now and was not made. Try again later."),
    /** The call was made, and its outcome cannot be recorded: the result is withheld. */
    OUTCOME_UNRECORDED(
            "outcome-unrecorded",
            503,
            "The call was made, but its outcome cannot be recorded, so the result is withheld. Check before trying again."),
    /** The call was made and no answer came; whether it took effect is unknown. */
    NO_ANSWER(
            "no-answer",
            504,
            "The service did not answer in time. Whether the call took effect is unknown; check before trying again."),
    /** The service has no room for another call; it was not made. */
    SERVICE_BUSY("service-busy", 503, "The service is busy and the call was not made. Try again later."),
    /** A part that the decision depends on did not answer, so the call was not made. */
    GUARD_UNAVAILABLE(
            "guard-unavailable", 503, "The call cannot be decided right now and was not made. Try again later.");

    private final String code;
    private final int httpStatus;
    private final String sentence;

    Reason(String code, int httpStatus, String sentence) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.sentence = sentence;
    }

    /**
     * Returns the stable code.
     *
     * @return lower-case words joined by hyphens
     */
    public String code() {
        return code;
    }

    /**
     * Returns the HTTP status a refusal has over REST, and in the result of a tool call.
     *
     * @return 400 to 503
     */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * Returns what the caller is told.
     *
     * @return one or two fixed sentences without any internals
     */
    public String sentence() {
        return sentence;
    }
}
