package io.mcpguard.profile;

/** What rules of a profile may be called: the name stands in records. */
final class RuleName {

    private RuleName() {}

    static void check(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a rule's name is 1 to 64 letters, digits, '.', '-' or '_' and starts with a letter or digit");
        }
    }
}
