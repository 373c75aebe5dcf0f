package io.mcpguard.core.protocol;

import io.mcpguard.decision.Reason;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.invocation.CallOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says from which web pages and for which host names requests are taken, which is what stops DNS rebinding.
 *
 * <p>A request without an Origin header does not come from a web page and is not concerned; one with it must name an origin of
 * the list, scheme, host and port. The Host header must name a host of the list. A list that is not configured stands for the
 * loopback names: {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]}, with any port.
 *
 * @since 0.1
 */
public final class OriginPolicy {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private final Set<String> origins;
    private final Set<String> hosts;

    /** The host that was found allowed last. Nearly all requests name the same, and what is allowed never changes. */
    private volatile String lastAllowed = "";

    private OriginPolicy(Set<String> origins, Set<String> hosts) {
        this.origins = origins;
        this.hosts = hosts;
    }

    /**
     * The policy of a service that has configured nothing.
     *
     * @return a policy that takes loopback names only
     */
    public static OriginPolicy loopbackOnly() {
        return new OriginPolicy(Set.of(), Set.of());
    }

    /**
     * Makes a policy.
     *
     * @param origins allowed origins, such as {@code https://app.example.com}; empty stands for loopback origins
     * @param hosts allowed host names, such as {@code api.example.com} for any port or {@code api.example.com:8443} for one;
     *     empty stands for loopback names
     * @return the policy
     * @throws ConfigurationException naming every entry that is none; there are no wild cards
     */
    public static OriginPolicy of(Collection<String> origins, Collection<String> hosts) {
        List<String> problems = new ArrayList<>();
        Set<String> checkedOrigins = new TreeSet<>();
        for (String origin : origins) {
            normalOrigin(origin)
                    .ifPresentOrElse(
                            checkedOrigins::add,
                            () -> problems.add("origin '" + origin
                                    + "' is not scheme://host or scheme://host:port; write each origin in full"));
        }
        Set<String> checkedHosts = new TreeSet<>();
        for (String host : hosts) {
            String lower = host.toLowerCase(Locale.ROOT);
            if (AUTHORITY.matcher(lower).matches()) {
                checkedHosts.add(lower);
            } else {
                problems.add("host '" + host + "' is not host or host:port; write each host in full");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("The allowed origins and hosts", problems);
        }
        return new OriginPolicy(checkedOrigins, checkedHosts);
    }

    /**
     * Says whether only loopback names are accepted, for the line that a service logs when it starts.
     *
     * @return true when neither hosts nor origins are configured
     */
    public boolean isLoopbackOnly() {
        return origins.isEmpty() && hosts.isEmpty();
    }

    /** Why the request is refused, or empty when it is not. */
    Optional<Reason> check(RequestHeaders headers, CallOrigin connection) {
        List<String> sentHosts = headers.all("Host");
        String host = sentHosts.isEmpty() ? bracketed(connection.serverName()) : sentHosts.get(0);
        if (sentHosts.size() > 1 || !hostAllowed(host)) {
            return Optional.of(Reason.HOST_NOT_ALLOWED);
        }
        List<String> sentOrigins = headers.all("Origin");
        boolean allowed = sentOrigins.isEmpty() || (sentOrigins.size() == 1 && originAllowed(sentOrigins.get(0)));
        return allowed ? Optional.empty() : Optional.of(Reason.ORIGIN_NOT_ALLOWED);
    }

    private boolean hostAllowed(String sent) {
        if (sent.equals(lastAllowed) && !sent.isEmpty()) {
            return true;
        }
        boolean allowed = isOfTheList(sent);
        if (allowed) {
            lastAllowed = sent;
        }
        return allowed;
    }

    private boolean isOfTheList(String sent) {
        Matcher authority = AUTHORITY.matcher(sent.toLowerCase(Locale.ROOT));
        if (!authority.matches()) {
            return false;
        }
        String host = authority.group(1);
        return hosts.isEmpty()
                ? LOOPBACK.matcher(host).matches()
                : hosts.contains(host) || hosts.contains(authority.group());
    }

    private boolean originAllowed(String sent) {
        Optional<String> origin = normalOrigin(sent);
        if (origin.isEmpty()) {
            return false;
        }
        return origins.isEmpty() ? isLoopback(origin.get()) : origins.contains(origin.get());
    }

    private static boolean isLoopback(String normalOrigin) {
        Matcher authority = AUTHORITY.matcher(normalOrigin.substring(normalOrigin.indexOf("://") + 3));
        return normalOrigin.startsWith("http")
                && authority.matches()
                && LOOPBACK.matcher(authority.group(1)).matches();
    }

    /** Scheme and host in lower case and without the scheme's default port, so that equal origins are equal texts. */
    private static Optional<String> normalOrigin(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int end = lower.indexOf("://");
        if (end < 1 || !lower.substring(0, end).matches("[a-z][a-z0-9+.-]*")) {
            return Optional.empty();
        }
        String scheme = lower.substring(0, end);
        Matcher authority = AUTHORITY.matcher(lower.substring(end + 3));
        if (!authority.matches()) {
            return Optional.empty();
        }
        String port = authority.group(2);
        boolean implied = port == null
                || (scheme.equals("http") && port.equals("80"))
                || (scheme.equals("https") && port.equals("443"));
        return Optional.of(scheme + "://" + authority.group(1) + (implied ? "" : ":" + port));
    }

    private static String bracketed(String serverName) {
        return serverName.indexOf(':') >= 0 && !serverName.startsWith("[") ? "[" + serverName + "]" : serverName;
    }
}
