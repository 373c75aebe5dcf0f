package io.mcpguard.oauth;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is read from the claims of a token.
 *
 * <p>A claim is given by its name, or by names with dots between them for one inside another, such as {@code realm_access.roles}.
 * A claim whose own name has dots in it is found too.
 *
 * @since 0.1
 */
public final class ClaimMapping {

    private static final int MOST_VALUES = 500;

    private final String principal;
    private final Optional<String> roles;
    private final List<String> scopes;
    private final Set<String> kept;

    private ClaimMapping(Builder builder) {
        this.principal = builder.principal;
        this.roles = Optional.ofNullable(builder.roles);
        this.scopes = List.copyOf(builder.scopes);
        this.kept = Set.copyOf(builder.kept);
    }

    /**
     * Starts a mapping.
     *
     * @return a builder: the principal is {@code sub}, scopes are {@code scope} or {@code scp}, no roles, no claims kept
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The mapping that nobody has changed. */
    static ClaimMapping standard() {
        return builder().build();
    }

    Optional<String> principal(Map<String, ?> claims) {
        return find(claims, principal)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(name -> !name.isBlank());
    }

    Set<String> roles(Map<String, ?> claims) {
        return roles.flatMap(path -> find(claims, path))
                .map(value -> texts(value, false))
                .orElseGet(Set::of);
    }

    Set<String> scopes(Map<String, ?> claims) {
        return scopes.stream()
                .map(claims::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(value -> texts(value, true))
                .orElseGet(Set::of);
    }

    Map<String, Set<String>> kept(Map<String, ?> claims) {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        for (String name : kept) {
            find(claims, name).map(value -> texts(value, false)).ifPresent(values -> found.put(name, values));
        }
        return found;
    }

    private static Optional<Object> find(Map<String, ?> claims, String path) {
        @Nullable Object literal = claims.get(path);
        if (literal != null) {
            return Optional.of(literal);
        }
        int dot = path.indexOf('.');
        return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(named(inner), path.substring(dot + 1))
                : Optional.empty();
    }

    private static Map<String, Object> named(Map<?, ?> inner) {
        Map<String, Object> named = new LinkedHashMap<>();
        inner.forEach((name, value) -> {
            if (name instanceof String text && value != null) {
                named.put(text, value);
            }
        });
        return named;
    }

    /** Texts, numbers and truth values; of anything else nothing. */
    private static Set<String> texts(Object value, boolean split) {
        Set<String> texts = new LinkedHashSet<>();
        Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
        for (Object each : values) {
            if (each instanceof String || each instanceof Number || each instanceof Boolean) {
                String text = each.toString();
                texts.addAll(
                        split && !(value instanceof Collection)
                                ? List.of(text.trim().split(" +"))
                                : List.of(text));
            }
            if (texts.size() >= MOST_VALUES) {
                break;
            }
        }
        texts.removeIf(String::isBlank);
        return texts;
    }

    /**
     * Collects what is read.
     *
     * @since 0.1
     */
    public static final class Builder {

        private String principal = "sub";
        private @Nullable String roles;
        private List<String> scopes = List.of("scope", "scp");
        private Set<String> kept = Set.of();

        private Builder() {}

        /**
         * Sets the claim that names the caller. It must be one that the caller cannot change, which {@code sub} is and a preferred
         * name or mail address often is not.
         *
         * @param claim name or path of a claim that is a text
         * @return this builder
         */
        public Builder principal(String claim) {
            this.principal = Objects.requireNonNull(claim, "claim");
            return this;
        }

        /**
         * Sets the claim that lists roles. They select a profile; the service is shown those that the profile names.
         *
         * @param claim name or path of a claim
         * @return this builder
         */
        public Builder roles(String claim) {
            this.roles = Objects.requireNonNull(claim, "claim");
            return this;
        }

        /**
         * Sets the claims that scopes are looked for in.
         *
         * @param claims names; the first that is there counts
         * @return this builder
         */
        public Builder scopes(List<String> claims) {
            this.scopes = List.copyOf(claims);
            return this;
        }

        /**
         * Sets which claims the principal keeps, for profiles that are bound to them and for the owner's rules.
         *
         * @param claims names or paths
         * @return this builder
         */
        public Builder keep(Set<String> claims) {
            this.kept = Set.copyOf(claims);
            return this;
        }

        /**
         * Makes the mapping.
         *
         * @return the mapping
         */
        public ClaimMapping build() {
            return new ClaimMapping(this);
        }
    }
}
