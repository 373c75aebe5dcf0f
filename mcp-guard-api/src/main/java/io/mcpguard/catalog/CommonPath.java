package io.mcpguard.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the path that operations have in common. */
final class CommonPath {

    private CommonPath() {}

    /** The whole segments that all templates begin with, up to the first variable; {@code /} when there are none. */
    static String of(List<Operation> operations) {
        List<String> common = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            List<String> fixed = fixed(operations.get(i).path());
            if (i == 0) {
                common.addAll(fixed);
            } else {
                int same = 0;
                while (same < common.size()
                        && same < fixed.size()
                        && common.get(same).equals(fixed.get(same))) {
                    same++;
                }
                common.subList(same, common.size()).clear();
            }
        }
        return "/" + String.join("/", common);
    }

    private static List<String> fixed(String template) {
        return Arrays.stream(template.substring(1).split("/"))
                .takeWhile(segment -> !segment.isEmpty() && segment.indexOf('{') < 0)
                .toList();
    }
}
