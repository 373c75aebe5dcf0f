/** JSON Schemas and descriptions from Java types and the annotations that they carry. */
module io.mcpguard.schema {
    requires transitive io.mcpguard.api;
    requires transitive tools.jackson.databind;
    requires com.fasterxml.classmate;
    requires com.github.victools.jsonschema.generator;
    requires com.github.victools.jsonschema.module.jackson;
    requires static kotlin.reflect;
    requires static kotlin.stdlib;

    exports io.mcpguard.schema;
}
