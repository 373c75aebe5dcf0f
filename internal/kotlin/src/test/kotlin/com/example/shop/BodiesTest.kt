package com.example.shop

import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import com.networknt.schema.SchemaRegistry
import com.networknt.schema.SpecificationVersion
import io.mcpguard.catalog.Schema
import io.mcpguard.schema.BodySchemas
import io.mcpguard.schema.Validation
import java.io.File
import java.lang.reflect.Type
import java.math.BigDecimal
import java.net.URLClassLoader
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import tools.jackson.core.type.TypeReference
import tools.jackson.databind.DeserializationFeature
import tools.jackson.databind.JsonNode
import tools.jackson.databind.json.JsonMapper
import tools.jackson.databind.node.ObjectNode
import tools.jackson.module.kotlin.jacksonMapperBuilder

/** Jackson itself says what a service in Kotlin accepts and sends; the schemas have to say the same. */
class BodiesTest {

    /** What reads and writes in the service, and the mapper of Jackson 3 that stands for it. */
    private class Service(val name: String, val standIn: JsonMapper, val read: (String, Class<*>) -> Any, val write: (Any) -> String) {
        private val schemas = BodySchemas(standIn)

        val takesNullAsZero = !standIn.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)

        fun request(type: Class<*>) = tree(schemas.request(type, Validation.NONE))

        fun response(type: Type) = tree(schemas.response(type))

        fun accepts(body: String, type: Class<*>) = runCatching { read(body, type) }.isSuccess
    }

    private val onJackson3 = jacksonMapperBuilder().build()
    private val onJackson2 = jacksonObjectMapper().findAndRegisterModules()

    private val services = listOf(
        Service("Jackson 3", onJackson3, { body, type -> onJackson3.readValue(body, type) }, onJackson3::writeValueAsString),
        Service(
            "Jackson 2",
            JsonMapper.builder().configureForJackson2().build(),
            { body, type -> onJackson2.readValue(body, type) },
            onJackson2::writeValueAsString,
        ),
        jacksonMapperBuilder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build().let { lenient ->
            Service("Jackson 3, zero for null", lenient, { body, type -> lenient.readValue(body, type) }, lenient::writeValueAsString)
        },
    )

    private val samples = mapOf(
        NewItem::class.java to """
            {"id": "a-1", "name": "Lamp", "note": "new", "count": 2, "stars": 5, "color": "sea-green",
             "maker": {"called": "Ann", "city": "Ulm"}, "copyist": {"called": "Bob", "city": null},
             "isFragile": true, "aliases": ["light", null], "prices": {"EUR": 2.50, "USD": null},
             "makers": {"RED": {"called": "Cid", "city": "Aix"}, "sea-green": null}, "shelves": [["a"], null],
             "pieces": 3, "unit": "box", "tags": ["x"], "weight": 7, "comment": "c", "origin": "here"}""",
        Maker::class.java to """{"called": "Ann", "city": "Ulm"}""",
        Range::class.java to """{"from": 1, "to": 2}""",
        Settings::class.java to """{"name": "n", "note": "m", "size": 4}""",
        Card::class.java to """{"kind": "Card", "amount": 1, "number": "4"}""",
        Payment::class.java to """{"kind": "Cash", "amount": 1, "coin": "euro"}""",
        Page::class.java to """{"items": [], "first": 1, "last": 2}""",
    )

    @Test
    fun a_property_may_be_absent_or_null_exactly_where_the_service_accepts_that() {
        val differences = mutableListOf<String>()
        var judged = 0
        for (service in services) {
            for ((type, sample) in samples) {
                val schema = service.request(type)
                for (body in variants(JSON.readTree(sample) as ObjectNode)) {
                    if (service.takesNullAsZero && PRIMITIVES.any { body.path(it).isNull }) {
                        // Of a primitive, no schema says that null is taken for zero.
                        continue
                    }
                    judged++
                    val accepted = service.accepts(body.toString(), type)
                    if (allows(schema, body) != accepted) {
                        differences += "${service.name}: ${type.simpleName} accepted $accepted: $body but $schema"
                    }
                }
            }
        }

        assertThat(differences).isEmpty()
        assertThat(judged).isGreaterThan(150)
    }

    /** The sample, and the sample with each property left out or null. */
    private fun variants(sample: ObjectNode): List<ObjectNode> = listOf(sample) +
        sample.propertyNames().toList().flatMap { name ->
            listOf(sample.deepCopy().apply { remove(name) }, sample.deepCopy().apply { putNull(name) })
        }

    @Test
    fun what_the_service_sends_fits_and_what_it_always_sends_is_promised() {
        val sent = listOf(
            Item(ItemId("a"), "n", null, 1, null, false, listOf(null), listOf(Grams(1)), null, null),
            Item(ItemId("a"), "n", "o", 1, 2, true, listOf("x"), listOf(), Grams(2), Maker("m", null)),
            Card(BigDecimal.ONE, "4"),
            Cash(BigDecimal.ONE),
            Settings().apply { name = "n" },
        )

        for (service in services) {
            for (value in sent) {
                val written = JSON.readTree(service.write(value))
                assertThat(allows(service.response(value.javaClass), written)).`as`("%s %s", service.name, written).isTrue()
            }
            val promised: List<String> = service.response(Item::class.java).path("required").values().map { it.asString() }
            assertThat(promised)
                .`as`(service.name)
                .containsExactly("id", "name", "count", "isFragile", "aliases", "weights", "label")
        }
    }

    @Test
    fun types_say_what_may_be_null_inside_them() {
        val properties = services[0].request(NewItem::class.java).path("properties")

        assertThat(properties.path("id")).isEqualTo(json("{'type':'string'}"))
        assertThat(properties.path("weight")).isEqualTo(json("{'type':'integer','format':'int32'}"))
        assertThat(properties.path("aliases")).isEqualTo(json("{'type':'array','items':{'type':['string','null']}}"))
        assertThat(properties.path("tags")).isEqualTo(json("{'type':'array','items':{'type':'string'}}"))
        assertThat(properties.path("prices"))
            .isEqualTo(json("{'type':'object','additionalProperties':{'type':['number','null']}}"))
        assertThat(properties.path("makers")).isEqualTo(
            json(
                "{'type':['object','null'],'propertyNames':{'enum':['RED','sea-green']}," +
                    "'additionalProperties':{'anyOf':[{'type':'null'},{'\$ref':'#/\$defs/Maker'}]}}",
            ),
        )
        assertThat(properties.path("origin")).isEqualTo(json("{'type':['string','null']}"))
    }

    @Test
    fun a_type_parameter_is_left_open() {
        val page = services[0].response(object : TypeReference<Page<Maker?>>() {}.type)

        assertThat(page.at("/properties/last/anyOf/0")).isEqualTo(json("{'type':'null'}"))
        assertThat(page.path("required")).isEqualTo(json("['items']"))
    }

    @Test
    fun without_kotlin_reflect_a_class_is_taken_as_one_of_java() {
        val path = System.getProperty("java.class.path").split(File.pathSeparator)
            .filterNot { it.contains("kotlin-reflect") || it.contains("jackson-module-kotlin") }
            .map { File(it).toURI().toURL() }
        URLClassLoader(path.toTypedArray(), ClassLoader.getPlatformClassLoader()).use { loader ->
            val mapper = loader.loadClass("tools.jackson.databind.json.JsonMapper").getConstructor().newInstance()
            val schemas = loader.loadClass("io.mcpguard.schema.BodySchemas").constructors.single().newInstance(mapper)
            val made = schemas.javaClass.getMethod("response", Type::class.java)
                .invoke(schemas, loader.loadClass(Maker::class.java.name))
            val schema = JSON.readTree(made.javaClass.getMethod("json").invoke(made) as String)

            assertThat(schema).isEqualTo(
                json("{'type':'object','properties':{'name':{'type':['string','null']},'city':{'type':['string','null']}}}"),
            )
        }
    }

    private companion object {
        val PRIMITIVES = setOf("count", "isFragile", "pieces", "weight", "from", "size")
        val JSON: JsonMapper = JsonMapper.builder().build()
        val JUDGE: SchemaRegistry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)

        fun tree(schema: Schema): JsonNode = JSON.readTree(schema.json())

        fun json(singleQuoted: String): JsonNode = JSON.readTree(singleQuoted.replace('\'', '"'))

        fun allows(schema: JsonNode, value: JsonNode) = JUDGE.getSchema(schema).validate(value).isEmpty()
    }
}
