/** Contract tests for every SPI, fakes, a clock and assertions. */
module io.mcpguard.testkit {
    requires transitive io.mcpguard.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires java.net.http;

    exports io.mcpguard.testkit;
    exports io.mcpguard.testkit.contract;

    opens io.mcpguard.testkit.contract; // JUnit calls the tests in it, which are not public
}
