package io.mcpguard.core.sink.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where events may be sent. */
final class Addresses {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private Addresses() {}

    /** What is wrong with an address. Says nothing of its path and query, which may be a secret. */
    static List<String> problems(URI address) {
        List<String> problems = new ArrayList<>();
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
            problems.add("address is no https address with a host");
        } else if (scheme.equals("http") && !LOOPBACK.matcher(host).matches()) {
            problems.add("address is http; records go over https to any machine but this one");
        }
        if (address.getRawUserInfo() != null) {
            problems.add("address holds a user or password; they have settings of their own");
        }
        if (address.getRawFragment() != null) {
            problems.add("address holds a '#'");
        }
        return problems;
    }
}
