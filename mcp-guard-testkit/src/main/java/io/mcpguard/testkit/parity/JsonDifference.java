package io.mcpguard.testkit.parity;

import io.mcpguard.testkit.internal.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two JSON trees, except for what no two answers have in common. */
final class JsonDifference {

    private final List<String[]> ignored;
    private final List<String> found = new ArrayList<>();

    private JsonDifference(Set<String> ignored) {
        this.ignored = ignored.stream().map(pointer -> pointer.split("/", -1)).toList();
    }

    /** Names every place where they differ, by JSON Pointer, with both values. */
    static List<String> between(@Nullable Object rest, @Nullable Object mcp, Set<String> ignored) {
        JsonDifference difference = new JsonDifference(ignored);
        difference.compare(rest, mcp, "");
        return difference.found;
    }

    private void compare(@Nullable Object rest, @Nullable Object mcp, String pointer) {
        if (isIgnored(pointer)) {
            return;
        }
        if (rest instanceof Map<?, ?> a && mcp instanceof Map<?, ?> b) {
            Set<Object> names = new LinkedHashSet<>(a.keySet());
            names.addAll(b.keySet());
            for (Object name : names) {
                String place =
                        pointer + "/" + name.toString().replace("~", "~0").replace("/", "~1");
                if (a.containsKey(name) && b.containsKey(name)) {
                    compare(a.get(name), b.get(name), place);
                } else if (!isIgnored(place)) {
                    found.add("body " + place + ": only " + (a.containsKey(name) ? "REST" : "MCP") + " has it");
                }
            }
        } else if (rest instanceof List<?> a && mcp instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                compare(a.get(i), b.get(i), pointer + "/" + i);
            }
        } else if (rest instanceof BigDecimal a && mcp instanceof BigDecimal b) {
            report(a.compareTo(b) == 0, rest, mcp, pointer);
        } else {
            report(Objects.equals(rest, mcp), rest, mcp, pointer);
        }
    }

    private void report(boolean same, @Nullable Object rest, @Nullable Object mcp, String pointer) {
        if (!same) {
            found.add("body " + (pointer.isEmpty() ? "" : pointer + " ") + "differs: REST " + shown(rest) + ", MCP "
                    + shown(mcp));
        }
    }

    private static String shown(@Nullable Object value) {
        String json = JsonText.of(value);
        return json.length() > 160 ? json.substring(0, 160) + "..." : json;
    }

    /** Whether a pointer, in which {@code *} stands for any one step, names this place. */
    private boolean isIgnored(String pointer) {
        String[] steps = pointer.split("/", -1);
        return ignored.stream().anyMatch(pattern -> matches(pattern, steps));
    }

    private static boolean matches(String[] pattern, String[] steps) {
        if (pattern.length != steps.length) {
            return false;
        }
        for (int i = 0; i < steps.length; i++) {
            if (!pattern[i].equals("*") && !pattern[i].equals(steps[i])) {
                return false;
            }
        }
        return true;
    }
}
