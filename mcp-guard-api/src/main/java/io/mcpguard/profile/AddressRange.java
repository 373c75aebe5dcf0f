package io.mcpguard.profile;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC 4632, RFC 4291).
 *
 * @param cidr the range as written; a single address stands for itself
 * @since 0.1
 */
public record AddressRange(String cidr) {

    public AddressRange {
        prefixOf(cidr);
    }

    /**
     * Says whether an address lies in the range.
     *
     * @param address an IP address literal; anything else lies in no range
     * @return true when the leading bits agree
     */
    public boolean contains(String address) {
        byte[] candidate;
        try {
            candidate = literal(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] network = literal(networkOf(cidr));
        if (candidate.length != network.length) {
            return false;
        }
        int bits = prefixOf(cidr);
        for (int i = 0; i < network.length && bits > 0; i++, bits -= 8) {
            int mask = bits >= 8 ? 0xFF : (0xFF << (8 - bits)) & 0xFF;
            if ((candidate[i] & mask) != (network[i] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static String networkOf(String cidr) {
        int slash = cidr.indexOf('/');
        return slash < 0 ? cidr : cidr.substring(0, slash);
    }

    private static int prefixOf(String cidr) {
        int max = literal(networkOf(cidr)).length * 8;
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            return max;
        }
        String digits = cidr.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > max) {
            throw new IllegalArgumentException("the prefix length of " + cidr + " must be 0 to " + max);
        }
        return Integer.parseInt(digits);
    }

    /** Parses a literal only: the pattern keeps host names out, so that no name is ever looked up. */
    private static byte[] literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        boolean v4 = bare.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        boolean v6 = bare.indexOf(':') >= 0 && bare.matches("[0-9A-Fa-f:.]{2,45}");
        if (!v4 && !v6) {
            throw new IllegalArgumentException(text + " is not an IP address");
        }
        try {
            return InetAddress.getByName(bare).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is not an IP address", e);
        }
    }
}
