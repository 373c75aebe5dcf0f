package io.mcpguard.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small languages inside values: times, spans of time, states, methods, globs. */
final class Words {

    static final String WRITE_TIME = "write a time with its zone, such as 2027-01-31T00:00:00Z";
    static final String WRITE_SPAN = "write a span of time, such as 1m, 30s, 1h, 1d or PT1M";
    static final String WRITE_METHOD =
            "write methods in upper case, such as [GET, POST] for operations or [TOOL, PROMPT, RESOURCE] for own"
                    + " features";
    static final String WRITE_GLOB =
            "write ids of operations, in which * stands for any text, such as [get-order, 'list-*']";

    static final String WRITE_TAG = "write a tag of 1 to 64 letters, digits, '.', '-' or '_'";
    static final String WRITE_TAGS = "write tags such as [reporting], or leave 'tags' out";
    static final String WRITE_TRIAL = "write 'trial: true' to have it recorded only, or leave it out";
    static final String WRITE_NAME = "write 1 to 64 letters, digits, '.', '-' or '_', starting with a letter or digit";

    private static final Set<String> METHODS = new TreeSet<>(
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TOOL", "PROMPT", "RESOURCE"));
    private static final Pattern SHORT_SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9.*_-]{1,64}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Words() {}

    static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    static Duration span(String text) {
        Matcher form = SHORT_SPAN.matcher(text);
        if (!form.matches()) {
            return Duration.parse(text);
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static String method(String text) {
        return matching(text, METHODS.contains(text));
    }

    static String glob(String text) {
        return matching(text, GLOB.matcher(text).matches());
    }

    static String tag(String text) {
        return matching(text, NAME.matcher(text).matches());
    }

    /** Reads the name of an entry, which no other of its kind may have. */
    static Optional<String> name(Fields fields, Set<String> names, String what) {
        String name = fields.required("name", WRITE_NAME, Words::tag);
        if (name != null && !names.add(name)) {
            fields.wrong(
                    "name",
                    "the " + what + " " + Problems.quote(name)
                            + " stands here a second time; give it a name of its own");
        }
        return Optional.ofNullable(name);
    }

    /** Finds a constant by its word in lower case. */
    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        return text -> {
            Optional<E> found = Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst();
            return found.orElseThrow(IllegalArgumentException::new);
        };
    }

    private static String matching(String text, boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
