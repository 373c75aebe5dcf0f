package com.example.orders.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdersCsvTest {
    @Test
    void quotes_names_and_defuses_formulas() {
        ExportedOrder order = new ExportedOrder(1, Instant.EPOCH, "NEW", 2, "=SUM(\"A1\"),x", new BigDecimal("3.50"));

        String csv = OrdersCsv.of(List.of(order));

        assertThat(csv).endsWith("\r\n1,1970-01-01T00:00:00Z,NEW,2,\"'=SUM(\"\"A1\"\"),x\",3.50\r\n");
    }
}
