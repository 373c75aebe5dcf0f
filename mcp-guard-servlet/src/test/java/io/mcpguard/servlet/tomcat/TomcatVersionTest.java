package io.mcpguard.servlet.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Test;

class TomcatVersionTest {

    @Test
    void the_tests_run_on_the_tomcat_that_the_build_names() {
        String expected = System.getProperty("tomcat.expected", "11.0");

        assertThat(ServerInfo.getServerNumber()).startsWith(expected + ".");
    }
}
