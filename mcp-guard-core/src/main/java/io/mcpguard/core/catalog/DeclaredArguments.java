package io.mcpguard.core.catalog;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The names of the arguments that an operation declares: its parameters and the members of its body. Made once.
 *
 * @since 0.1
 */
public final class DeclaredArguments {

    private final Map<Location, Map<String, String>> parameters = new EnumMap<>(Location.class);
    private final Optional<DeclaredNames> body;

    DeclaredArguments(Operation operation, Optional<CompiledSchema> body) {
        for (Location location : Location.values()) {
            Map<String, String> names =
                    location == Location.HEADER ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new TreeMap<>();
            operation.parameters(location).stream().map(Parameter::name).forEach(name -> names.put(name, name));
            parameters.put(location, names);
        }
        this.body = body.map(schema -> DeclaredNames.of(schema.document()));
    }

    /**
     * Finds a parameter.
     *
     * @param location where it was given
     * @param name the name it was given by; of a header in any case
     * @return the name as it was declared, or empty when it was not
     */
    public Optional<String> parameter(Location location, String name) {
        return Optional.ofNullable(parameters.getOrDefault(location, Map.of()).get(name));
    }

    /**
     * Returns what the body declares.
     *
     * @return names of its members; none when the operation takes no body
     */
    public DeclaredNames body() {
        return body.orElse(DeclaredNames.NONE);
    }

    /**
     * Says whether a pointer leads to something that is declared.
     *
     * @param tokens tokens of a pointer such as {@code /query/status} or {@code /body/items}, unescaped, in which {@code *}
     *     stands for any one
     * @return whether a value could be there
     */
    public boolean leads(List<String> tokens) {
        String place = tokens.get(0);
        List<String> rest = tokens.subList(1, tokens.size());
        boolean any = place.equals("*");
        if ((any || place.equals("body"))
                && body.filter(names -> names.leads(rest)).isPresent()) {
            return true;
        }
        return parameters.entrySet().stream()
                .filter(of -> any || of.getKey().name().equalsIgnoreCase(place))
                .anyMatch(of -> leads(of.getValue(), rest));
    }

    /** Below a parameter there is nothing but the number of one of several values. */
    private static boolean leads(Map<String, String> names, List<String> rest) {
        boolean named = rest.isEmpty()
                ? !names.isEmpty()
                : rest.get(0).equals("*") ? !names.isEmpty() : names.containsKey(rest.get(0));
        return named && rest.size() <= 2;
    }
}
