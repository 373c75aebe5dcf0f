package io.mcpguard.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.OperationId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolNamesTest {

    private static final Set<String> FIXED =
            Set.of("list_collections", "list_endpoints", "endpoint_details", "execute_endpoint");

    private static String nameOf(String id) {
        return ToolNames.of(new OperationId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getOrder",
                "get-order.v2_x",
                "7",
                "List_Collections",
                "list_collections2",
                "list_endpoints_2026",
                "a23456789012345678901234567890123456789012345678901234567890.-_4"
            })
    void an_operation_keeps_its_id_for_a_name(String id) {
        assertThat(nameOf(id)).isEqualTo(id);
    }

    @Test
    void the_names_of_the_fixed_tools_are_never_given_away() {
        for (String id : FIXED) {
            assertThat(nameOf(id)).startsWith(id + "_");
            assertThat(FIXED).doesNotContain(nameOf(id));
        }
        assertThat(nameOf("list_endpoints")).isEqualTo("list_endpoints_b8c79d3b");
    }

    @Test
    void an_id_made_to_look_like_such_a_name_does_not_get_it() {
        Set<String> names = new HashSet<>();
        String id = "endpoint_details";
        int ids = 0;
        while (id.length() <= 64) {
            String name = nameOf(id);
            assertThat(name).matches("[A-Za-z0-9_.-]{1,64}");
            assertThat(names.add(name)).as(name).isTrue();
            ids++;
            id = id + "_" + "0a1b2c3d";
            if (ids == 1) {
                id = name;
            }
        }

        assertThat(names).hasSize(ids).hasSizeGreaterThan(4);
    }
}
