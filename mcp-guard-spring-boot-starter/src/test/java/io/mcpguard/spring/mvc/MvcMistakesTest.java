package io.mcpguard.spring.mvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpguard.error.ConfigurationException;
import io.mcpguard.spring.orders.Mistakes.EveryMistake;
import io.mcpguard.spring.orders.Mistakes.FirstTwin;
import io.mcpguard.spring.orders.Mistakes.NoProduct;
import io.mcpguard.spring.orders.Mistakes.SecondTwin;
import java.util.List;
import org.junit.jupiter.api.Test;

class MvcMistakesTest {

    @Test
    void names_every_mistake_of_every_method_with_what_to_do() {
        assertThat(mistakesOf(EveryMistake.class))
                .satisfiesExactlyInAnyOrder(
                        says("EveryMistake.anyMethod() answers every HTTP method", "@GetMapping"),
                        says("EveryMistake.twoMethods() answers several HTTP methods", "split it"),
                        says(
                                "EveryMistake.twoPaths() is mapped to several paths (/one, /other)",
                                "method of their own"),
                        says("EveryMistake.partOfSegment(String) has a path", "'{name}.csv'", "whole segments"),
                        says("EveryMistake.manySegments(String) has a path", "'{*rest}'", "single segments"),
                        says("EveryMistake.wildcard() has a path", "'*'"),
                        says("EveryMistake.upload(MultipartFile) takes a file upload (file)"),
                        says("EveryMistake.part(String) takes a file upload (meta)"),
                        says("EveryMistake.cookie(String) requires the cookie 'session'"),
                        says("EveryMistake.hidden(String) hides 'needed'", "take @McpHidden off"),
                        says("EveryMistake.form(MultiValueMap) takes a form as its body"),
                        says("EveryMistake.bytes(byte[]) takes a binary body"),
                        says("EveryMistake.xml(Line) takes its body as [application/xml]", "consumes"),
                        says("EveryMistake.badId() has an id that cannot be used", "'no spaces'"),
                        says("EveryMistake.unmapped carries @McpOperation but answers no request"));
    }

    @Test
    void refuses_an_operation_without_a_product() {
        assertThat(mistakesOf(NoProduct.class))
                .singleElement()
                .satisfies(says("NoProduct.lost()", "add @McpProduct(\"...\") to NoProduct"));
    }

    @Test
    void refuses_an_id_used_twice_and_a_product_named_twice() {
        assertThat(mistakesOf(FirstTwin.class, SecondTwin.class))
                .satisfiesExactlyInAnyOrder(
                        says("FirstTwin.twin()", "SecondTwin.twin()", "are both operation 'twin'", "@McpOperation(id"),
                        says("product 'twins' has two names", "'One'", "'Other'"));
    }

    private static List<String> mistakesOf(Class<?>... controllers) {
        return catchThrowableOfType(ConfigurationException.class, () -> Discovery.of(controllers))
                .problems();
    }

    private static org.assertj.core.api.ThrowingConsumer<String> says(String... parts) {
        return mistake -> assertThat(mistake).contains(parts);
    }
}
