package io.mcpguard.jdbc;

import java.util.function.Supplier;

/** The databases, for tests that hold on each. */
enum EachDatabase {
    H2(Databases::h2),
    POSTGRESQL(Databases::postgres),
    MARIADB(Databases::mariaDb);

    /** A function without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<TestDatabase> database;

    EachDatabase(Supplier<TestDatabase> database) {
        this.database = database;
    }

    TestDatabase get() {
        return database.get();
    }
}
