package io.mcpguard.oauth;

import io.mcpguard.credential.Credential;
import java.util.regex.Pattern;

/** What a credential looks like, which is all that decides whose it is to judge. */
enum TokenForm {
    /** Three parts with points between them, the first a JSON object in base64. */
    JWT,
    /** Any other token. */
    OPAQUE,
    /** No token of an authorization server. */
    NONE;

    private static final Pattern SIGNED = Pattern.compile("ey[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

    /** The syntax of RFC 6750 section 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /** How keys of the guard's own begin, which must never be sent to anybody. */
    private static final String OWN = "mcpg_";

    static TokenForm of(Credential credential) {
        if (!credential.scheme().equals("bearer") && !credential.scheme().equals(SenderBinding.DPOP)) {
            return NONE;
        }
        String value = credential.reveal();
        if (value.startsWith(OWN) || !TOKEN.matcher(value).matches()) {
            return NONE;
        }
        return SIGNED.matcher(value).matches() ? JWT : OPAQUE;
    }
}
