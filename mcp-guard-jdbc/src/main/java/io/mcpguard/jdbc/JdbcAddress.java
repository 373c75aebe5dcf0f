package io.mcpguard.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An address of a database that a driver may be given. Drivers do more with a parameter than reach a server: some load a class by
 * its name, write a file, or run a statement. Parameters that are not known to be harmless are refused.
 *
 * @param url the address as the driver gets it
 */
record JdbcAddress(String url) {

    /** How the addresses of a database look, and which parameters are harmless. */
    private record Kind(String prefix, char first, char between, Set<String> harmless) {}

    private static final Kind POSTGRESQL = new Kind(
            "jdbc:postgresql:",
            '?',
            '&',
            Set.of(
                    "applicationname",
                    "channelbinding",
                    "connecttimeout",
                    "currentschema",
                    "gssencmode",
                    "hostrecheckseconds",
                    "loadbalancehosts",
                    "logintimeout",
                    "preparethreshold",
                    "sockettimeout",
                    "ssl",
                    "sslcert",
                    "sslkey",
                    "sslmode",
                    "sslrootcert",
                    "targetservertype",
                    "tcpkeepalive"));

    private static final Kind MARIADB = new Kind(
            "jdbc:mariadb:",
            '?',
            '&',
            Set.of(
                    "connecttimeout",
                    "keystore",
                    "serversslcert",
                    "sockettimeout",
                    "sslmode",
                    "tcpkeepalive",
                    "truststore",
                    "truststoretype",
                    "usecompression"));

    private static final Kind H2 = new Kind(
            "jdbc:h2:",
            ';',
            ';',
            Set.of("auto_server", "cipher", "db_close_delay", "db_close_on_exit", "network_timeout", "schema"));

    /** The address, or what is wrong with it, in words that show nothing of it but names of parameters. */
    static Optional<JdbcAddress> parse(String address, List<String> problems) {
        Optional<Kind> found = Stream.of(POSTGRESQL, MARIADB, H2)
                .filter(kind -> address.startsWith(kind.prefix()))
                .findFirst();
        if (found.isEmpty()) {
            problems.add("an address begins with jdbc:postgresql:, jdbc:mariadb: or jdbc:h2:");
            return Optional.empty();
        }
        Kind kind = found.get();
        int start = address.indexOf(kind.first());
        List<String> refused = start < 0 ? List.of() : refused(kind, address.substring(start + 1));
        if (!refused.isEmpty()) {
            problems.add("the address may not set " + String.join(", ", refused)
                    + "; user and password are settings of their own, and others may be set in a data source only");
            return Optional.empty();
        }
        // Asking for a database must not make one.
        return Optional.of(new JdbcAddress(kind.equals(H2) ? address + ";IFEXISTS=TRUE" : address));
    }

    private static List<String> refused(Kind kind, String parameters) {
        List<String> refused = new ArrayList<>();
        for (String each : parameters.split(String.valueOf(kind.between()), -1)) {
            String name = each.substring(0, Math.max(each.indexOf('='), 0)).toLowerCase(Locale.ROOT);
            if (!each.isEmpty() && !kind.harmless().contains(name)) {
                refused.add(name.matches("[a-z_]{1,40}") ? name : "a parameter without a known name");
            }
        }
        return refused;
    }
}
