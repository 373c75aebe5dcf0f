package io.mcpguard.core.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names the arguments of a direct tool.
 *
 * <p>An argument has the name of the parameter it stands for. Where two would have one name, the first of body, path, query and
 * header keeps it and the others get their location in front: {@code query_id}. Characters that clients do not take in the name of
 * an argument become an underscore. A number behind it settles what is left.
 */
final class PropertyNames {

    private static final int LONGEST = 64;
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_.-]{1," + LONGEST + "}");

    private PropertyNames() {}

    /**
     * What wants a name.
     *
     * @param location path, query, header or body
     * @param name the service's own name for it
     */
    record Claim(String location, String name) {}

    /** The names, in the order of the claims; who comes first has the better claim to a name. */
    static Map<Claim, String> of(List<Claim> claims) {
        Map<Claim, String> names = new LinkedHashMap<>();
        List<Claim> others = new ArrayList<>();
        for (Claim claim : claims) {
            if (ACCEPTED.matcher(claim.name()).matches() && !names.containsValue(claim.name())) {
                names.put(claim, claim.name());
            } else {
                others.add(claim);
            }
        }
        for (Claim claim : others) {
            boolean unusual = !ACCEPTED.matcher(claim.name()).matches();
            String plain = cut(plain(claim.name()), LONGEST);
            String name = unusual && !names.containsValue(plain) ? plain : located(claim);
            for (int n = 2; names.containsValue(name); n++) {
                name = cut(located(claim), LONGEST - 4) + "_" + n;
            }
            names.put(claim, name);
        }
        return names;
    }

    private static String located(Claim claim) {
        return cut(claim.location() + "_" + plain(claim.name()), LONGEST);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    /** The name with an underscore for each character that a name of an argument or a definition does not have. */
    static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_.-]", "_");
    }
}
