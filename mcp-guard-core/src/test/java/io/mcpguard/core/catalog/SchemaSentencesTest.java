package io.mcpguard.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.Schema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaSentencesTest {

    private static final String ORDER = "{'type':'object','additionalProperties':false,'required':['customer'],"
            + "'properties':{'customer':{'type':'string','maxLength':5},'count':{'type':['integer','null'],'minimum':1,"
            + "'exclusiveMaximum':10},'status':{'enum':['open','closed']},'code':{'pattern':'^[A-Z]+$'},"
            + "'pay':{'anyOf':[{'type':'null'},"
            + "{'type':'object','properties':{'kind':{'const':'card'},'last4':{'type':'string'}},"
            + "'required':['kind','last4']},"
            + "{'type':'object','properties':{'kind':{'const':'invoice'},'days':{'type':'integer'}},"
            + "'required':['kind','days']}]}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/customer|is required",
                "{'customer':1}|/customer|must be of type string, not integer",
                "{'customer':'a','count':'1'}|/count|must be of type integer or null, not string",
                "{'customer':'a','count':0}|/count|must be at least 1",
                "{'customer':'a','count':10}|/count|must be less than 10",
                "{'customer':'a','status':'secret-value'}|/status|must be one of \"open\", \"closed\"",
                "{'customer':'a','code':'x'}|/code|must match the pattern ^[A-Z]+$",
                "{'customer':'a','custmer':1}|/custmer|is not known; did you mean 'customer'?",
                "{'customer':'a','zzz':1}|/zzz|is not known; there are 'customer', 'count', 'status', 'code', 'pay'",
                "{'customer':'a','a/b':1}|/a~1b|is not known; there are 'customer', 'count', 'status', 'code', 'pay'",
                "{'customer':'a','pay':{'kind':'card'}}|/pay/last4|is required",
                "{'customer':'a','pay':{'kind':'invoice','days':'x'}}|/pay/days|must be of type integer, not string",
                "{'customer':'a','pay':{'kind':'cash'}}|/pay/kind|must be one of \"card\", \"invoice\"",
                "{'customer':'abcdef'}|/customer|must be at most 5 characters long"
            })
    void says_where_and_what_is_allowed(String value, String pointer, String message) {
        assertThat(check(ORDER, value)).containsExactly(new SchemaProblem(pointer, message));
    }

    @Test
    void never_repeats_the_value() {
        assertThat(check(
                        ORDER,
                        "{'customer':'hunter2','count':'hunter2','status':'hunter2','code':'hunter2',"
                                + "'pay':{'kind':'hunter2'}}"))
                .hasSize(5)
                .noneMatch(problem -> problem.message().contains("hunter2"));
    }

    @Test
    void lists_so_many_values_and_no_more() {
        String values = IntStream.range(0, 30).mapToObj(Integer::toString).collect(Collectors.joining(","));

        assertThat(check("{'enum':[" + values + "]}", "99"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("must be one of 0, 1,")
                        .endsWith("19 and 10 more"));
    }

    @Test
    void finds_the_properties_of_a_definition() {
        assertThat(check(
                        "{'$ref':'#/$defs/A','$defs':{'A':{'properties':{'street':true},'additionalProperties':false}}}",
                        "{'Streat':1}"))
                .containsExactly(new SchemaProblem("/Streat", "is not known; did you mean 'street'?"));
    }

    private static List<SchemaProblem> check(String schema, String value) {
        return CompiledSchema.of(new Schema(schema.replace('\'', '"')))
                .check(new JsonMapper().readTree(value.replace('\'', '"')));
    }
}
