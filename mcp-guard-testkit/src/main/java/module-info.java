/** Contract tests for every SPI, fakes, a clock and assertions. */
module io.mcpguard.testkit {
    requires transitive io.mcpguard.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires java.net.http;
    requires jdk.management;

    exports io.mcpguard.testkit;
    exports io.mcpguard.testkit.contract;
    exports io.mcpguard.testkit.parity;

    // JUnit calls the tests in them, which are not public.
    opens io.mcpguard.testkit.contract;
    opens io.mcpguard.testkit.parity;
}
