package io.mcpguard.spring.mvc;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a handler method takes, collected while its arguments are read. */
final class Inputs {

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private @Nullable RequestBody body;

    /** Adds a parameter. The first of one name and place stays: Spring gives both arguments the same value. */
    void add(Parameter parameter) {
        if (!holds(parameter.location(), parameter.name())) {
            parameters.add(parameter);
        }
    }

    /** Says whether a parameter is known already; header names compare ignoring case. */
    boolean holds(Parameter.Location location, String name) {
        return parameters.stream()
                .anyMatch(known -> known.location() == location
                        && (location == Parameter.Location.HEADER
                                ? known.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))
                                : known.name().equals(name)));
    }

    void body(RequestBody body) {
        this.body = body;
    }

    /** Notes what keeps the method from being an operation, as a sentence that says what to do. */
    void refuse(String mistake) {
        mistakes.add(mistake);
    }

    List<Parameter> parameters() {
        return parameters;
    }

    @Nullable RequestBody body() {
        return body;
    }

    List<String> mistakes() {
        return mistakes;
    }
}
