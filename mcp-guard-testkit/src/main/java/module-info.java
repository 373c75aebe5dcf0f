/** Contract tests for every SPI, fakes, a clock and assertions. */
module io.mcpguard.testkit {
    requires transitive io.mcpguard.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires awaitility;
}
