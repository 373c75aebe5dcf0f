package io.mcpguard.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Which addresses keys and answers may come from. */
final class Addresses {

    private Addresses() {}

    /** Says what is wrong with an address, if anything: whoever can change what comes from it decides who may call. */
    static Optional<String> problem(String setting, URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            return Optional.of(setting + " is " + address + ", which is no web address; write https://...");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return Optional.of(setting + " names a user or a fragment; leave that out");
        }
        return scheme.equals("http") && !isLoopback(address)
                ? Optional.of(setting + " is " + address
                        + ": over http anybody on the way could sign tokens; use https (http is for loopback trials)")
                : Optional.empty();
    }

    private static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
    }
}
