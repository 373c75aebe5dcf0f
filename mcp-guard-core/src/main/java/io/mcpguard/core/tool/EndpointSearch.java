package io.mcpguard.core.tool;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds operations by words. An operation that has all the words comes before one that has some, and a word in the name counts
 * more than one in the description.
 */
final class EndpointSearch {

    private static final int MOST_WORDS = 16;

    private final Map<String, List<Field>> index = new HashMap<>();

    /** The words of one part of an operation, and how much a match there is worth. */
    private record Field(int weight, Set<String> words) {}

    private record Hit(PublishedOperation operation, int matched, int score) {}

    EndpointSearch(Catalog catalog) {
        catalog.operations().forEach(operation -> index.put(operation.id(), fieldsOf(operation)));
    }

    private static List<Field> fieldsOf(PublishedOperation published) {
        var operation = published.operation();
        String parameters = operation.parameters().stream().map(Parameter::name).collect(Collectors.joining(" "));
        return List.of(
                new Field(8, words(operation.id().value())),
                new Field(6, words(operation.title())),
                new Field(4, words(operation.path() + " " + operation.method())),
                new Field(3, words(parameters)),
                new Field(2, words(operation.description())));
    }

    /** The operations that match, best first; when some match every word, only those. */
    List<PublishedOperation> find(String query, List<PublishedOperation> among) {
        List<String> wanted = words(query).stream().limit(MOST_WORDS).toList();
        if (wanted.isEmpty()) {
            return among;
        }
        List<Hit> hits = new ArrayList<>();
        for (PublishedOperation operation : among) {
            List<Field> fields = index.getOrDefault(operation.id(), List.of());
            int matched = 0;
            int score = 0;
            for (String word : wanted) {
                int best = fields.stream()
                        .mapToInt(field -> worth(field, word))
                        .max()
                        .orElse(0);
                matched += best > 0 ? 1 : 0;
                score += best;
            }
            if (matched > 0) {
                hits.add(new Hit(operation, matched, score));
            }
        }
        boolean complete = hits.stream().anyMatch(hit -> hit.matched() == wanted.size());
        return hits.stream()
                .filter(hit -> !complete || hit.matched() == wanted.size())
                .sorted(Comparator.comparingInt(Hit::matched)
                        .thenComparingInt(Hit::score)
                        .reversed()
                        .thenComparing(hit -> hit.operation().id()))
                .map(Hit::operation)
                .toList();
    }

    private static int worth(Field field, String word) {
        if (field.words().contains(word)) {
            return field.weight() * 2;
        }
        return field.words().stream().anyMatch(candidate -> candidate.startsWith(word)) ? field.weight() : 0;
    }

    /** Lower-case words without a plural s; {@code getOrderById} is four words. */
    static Set<String> words(String text) {
        Set<String> words = new TreeSet<>();
        String spaced = text.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", " ");
        for (String word : spaced.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
            }
        }
        return words;
    }
}
