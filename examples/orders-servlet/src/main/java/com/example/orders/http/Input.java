package com.example.orders.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** What a request brings, read and checked. Collects everything that is wrong before it complains. */
public final class Input {

    private final HttpServletRequest request;
    private final List<Map<String, String>> errors = new ArrayList<>();

    public Input(HttpServletRequest request) {
        this.request = request;
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(request.getParameter(name)).filter(text -> !text.isBlank());
    }

    public int integer(String name, int absent, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text.get());
            check(value >= least && value <= most, name, "must be " + least + " to " + most);
            return value;
        } catch (NumberFormatException e) {
            check(false, name, "must be a whole number");
            return absent;
        }
    }

    public <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        Optional<String> text = text(name);
        Optional<E> found = text.flatMap(word -> Stream.of(type.getEnumConstants())
                .filter(constant -> constant.name().equals(word))
                .findFirst());
        check(text.isEmpty() || found.isPresent(), name, "must be one of " + List.of(type.getEnumConstants()));
        return found;
    }

    /** Reads the JSON body. */
    public <T> T body(Class<T> type) throws IOException {
        String contentType = Optional.ofNullable(request.getContentType()).orElse("");
        check(contentType.startsWith("application/json"), "body", "must be application/json");
        complete();
        try {
            T body = Answers.JSON.readValue(request.getInputStream(), type);
            check(body != null, "body", "must not be null");
            complete();
            return body;
        } catch (JacksonException e) {
            check(false, "body", "cannot be read as JSON of this operation");
            complete();
            throw new IllegalStateException(e);
        }
    }

    public void check(boolean holds, String field, String message) {
        if (!holds) {
            errors.add(Map.of("field", field, "message", message));
        }
    }

    public void checkText(String value, String field, int least, int most) {
        check(
                value != null && value.strip().length() >= least && value.length() <= most,
                field,
                "must be a text of " + least + " to " + most + " characters");
    }

    /** Ends reading; a {@link Problem} names everything that is wrong. */
    public void complete() {
        if (!errors.isEmpty()) {
            throw Problem.badRequest(List.copyOf(errors));
        }
    }
}
