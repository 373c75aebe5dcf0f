package io.mcpguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IpAddressTest {

    @Test
    void knows_addresses_of_version_4() {
        for (String text : List.of("0.0.0.0", "127.0.0.1", "203.0.113.7", "255.255.255.255")) {
            assertThat(IpAddress.of(text)).isEqualTo(new IpAddress(text, false));
        }
    }

    @Test
    void knows_addresses_of_version_6() {
        for (String text :
                List.of("::", "::1", "1::", "2001:db8::7", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "FE80::A")) {
            assertThat(IpAddress.of(text)).isEqualTo(new IpAddress(text, true));
        }
        assertThat(IpAddress.of("fe80::1%eth0")).isEqualTo(new IpAddress("fe80::1", true));
    }

    @Test
    void takes_nothing_else_for_one() {
        for (String text : List.of(
                "",
                "unknown",
                "local",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1..2.3",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.4%eth0",
                "1.2.3.4 ",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::1",
                "::1.2.3",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "face",
                "\u0661.2.3.4",
                "1".repeat(1000))) {
            assertThat(IpAddress.of(text)).as(text).isNull();
        }
    }
}
