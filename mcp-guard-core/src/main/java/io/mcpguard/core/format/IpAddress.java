package io.mcpguard.core.format;

import org.jspecify.annotations.Nullable;

/**
 * An address that is one. Fields of log services take nothing else, and what an event holds may be a word such as
 * {@code unknown}. No name is ever looked up.
 *
 * @param text the address, without the zone of a local one
 * @param v6 whether it is of version 6
 */
record IpAddress(String text, boolean v6) {

    private static final int LONGEST = 64;
    private static final int GROUPS = 8;

    static @Nullable IpAddress of(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (isV4(text)) {
            return new IpAddress(text, false);
        }
        return isV6(address) ? new IpAddress(address, true) : null;
    }

    private static boolean isV4(String text) {
        int octets = 1;
        int value = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && value >= 0) {
                octets++;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = Math.max(value, 0) * 10 + (c - '0');
            } else {
                return false;
            }
            if (value > 255 || octets > 4) {
                return false;
            }
        }
        return octets == 4 && value >= 0;
    }

    private static boolean isV6(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return false;
        }
        String hex = text;
        if (text.indexOf('.') >= 0) {
            if (!isV4(text.substring(colon + 1))) {
                return false;
            }
            hex = text.substring(0, colon + 1) + "0:0";
        }
        int gap = hex.indexOf("::");
        if (gap < 0) {
            return groups(hex) == GROUPS;
        }
        int before = groups(hex.substring(0, gap));
        int after = groups(hex.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many groups of one to four digits there are, or -1 when it is something else. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int groups = 1;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':' && digits > 0) {
                groups++;
                digits = 0;
            } else if (isHex(c) && digits < 4) {
                digits++;
            } else {
                return -1;
            }
        }
        return digits > 0 ? groups : -1;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
