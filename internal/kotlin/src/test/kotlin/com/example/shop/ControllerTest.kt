package com.example.shop

import io.mcpguard.annotation.McpOperation
import io.mcpguard.annotation.McpProduct
import io.mcpguard.catalog.Operation
import io.mcpguard.spring.mvc.MvcOperationSource
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.springframework.context.annotation.Configuration
import org.springframework.http.MediaType
import org.springframework.mock.web.MockServletContext
import org.springframework.test.web.servlet.MockMvc
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders
import org.springframework.test.web.servlet.setup.MockMvcBuilders
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext
import org.springframework.web.servlet.config.annotation.EnableWebMvc
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping
import tools.jackson.module.kotlin.jacksonMapperBuilder

@RestController
@McpProduct("items")
class ItemController {

    @McpOperation
    @GetMapping("/items")
    fun listItems(
        @RequestParam text: String,
        @RequestParam note: String?,
        @RequestParam count: Int,
        @RequestParam page: Int = 1,
        @RequestParam unit: String = "piece",
        @RequestParam(required = false) color: Color,
        @RequestParam(required = false) fragile: Boolean,
        @RequestParam(defaultValue = "3") size: Int,
        stars: Int?,
    ): Any = listOf(text, note, count, page, unit, color, fragile, size, stars)

    @McpOperation
    @GetMapping("/items/search")
    fun searchItems(search: Search): Any = search.toString()

    @McpOperation
    @PostMapping("/items")
    fun addItem(@RequestBody maker: Maker): Any = maker

    @McpOperation
    @PostMapping("/items/maybe")
    fun addItemMaybe(@RequestBody maker: Maker?): Any = maker ?: "none"
}

data class Search(val text: String, val note: String?, val page: Int = 1, val unit: String = "piece", val count: Int)

@Configuration(proxyBeanMethods = false)
@EnableWebMvc
class Web

/** Spring itself says what a controller in Kotlin can do without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControllerTest {

    private val context = AnnotationConfigWebApplicationContext().apply {
        servletContext = MockServletContext()
        register(Web::class.java, ItemController::class.java)
        refresh()
    }
    private val mvc: MockMvc = MockMvcBuilders.webAppContextSetup(context).build()
    private val operations: Map<String, Operation> = MvcOperationSource(
        context.getBeansOfType(RequestMappingHandlerMapping::class.java).values,
        context.getBeansOfType(RequestMappingHandlerAdapter::class.java).values,
        jacksonMapperBuilder().build(),
        "",
        context.environment::resolvePlaceholders,
    ).published().flatMap { it.operations() }.associateBy { it.id().value() }

    @AfterAll
    fun stop() = context.close()

    private val values = mapOf(
        "text" to "lamp", "note" to "new", "count" to "2", "page" to "3", "unit" to "box", "color" to "RED",
        "fragile" to "true", "size" to "4", "stars" to "5",
    )

    private fun works(path: String, given: Map<String, String>): Boolean = runCatching {
        val request = MockMvcRequestBuilders.get(path)
        given.forEach { (name, value) -> request.param(name, value) }
        mvc.perform(request).andReturn().response.status
    }.getOrNull() == 200

    private fun requiredOf(operation: String) =
        operations.getValue(operation).parameters().filter { it.required() }.map { it.name() }

    /** Those without which the call fails. */
    private fun neededBy(operation: String): List<String> {
        val path = operations.getValue(operation).path()
        val names = operations.getValue(operation).parameters().map { it.name() }
        val all = values.filterKeys { it in names }
        assertThat(works(path, all)).isTrue()
        return names.filterNot { works(path, all - it) }
    }

    @Test
    fun parameters_are_required_where_the_call_fails_without_them() {
        assertThat(requiredOf("listItems")).isEqualTo(neededBy("listItems"))
        assertThat(requiredOf("listItems")).containsExactly("text", "count", "color")
    }

    @Test
    fun properties_of_an_argument_are_required_where_the_call_fails_without_them() {
        assertThat(requiredOf("searchItems")).isEqualTo(neededBy("searchItems"))
        assertThat(requiredOf("searchItems")).containsExactly("text", "count")
    }

    @Test
    fun a_body_is_required_unless_it_may_be_null() {
        fun status(path: String) = mvc.perform(
            MockMvcRequestBuilders.post(path).contentType(MediaType.APPLICATION_JSON),
        ).andReturn().response.status

        assertThat(operations.getValue("addItem").body().orElseThrow().required()).isTrue()
        assertThat(status("/items")).isEqualTo(400)
        assertThat(operations.getValue("addItemMaybe").body().orElseThrow().required()).isFalse()
        assertThat(status("/items/maybe")).isEqualTo(200)
    }
}
