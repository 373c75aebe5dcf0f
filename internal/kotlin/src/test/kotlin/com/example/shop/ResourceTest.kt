package com.example.shop

import io.mcpguard.annotation.McpOperation
import io.mcpguard.annotation.McpProduct
import io.mcpguard.catalog.Operation
import io.mcpguard.jaxrs.resource.JaxrsOperationSource
import jakarta.ws.rs.BeanParam
import jakarta.ws.rs.DefaultValue
import jakarta.ws.rs.GET
import jakarta.ws.rs.HeaderParam
import jakarta.ws.rs.POST
import jakarta.ws.rs.Path
import jakarta.ws.rs.QueryParam
import jakarta.ws.rs.core.Application
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class Sorting(@param:QueryParam("by") val by: String, @param:QueryParam("then") val then: String?)

@Path("/items")
@McpProduct("items")
class ItemResource {

    @GET
    @McpOperation
    fun listItems(
        @QueryParam("text") text: String,
        @QueryParam("note") note: String?,
        @QueryParam("count") count: Int,
        @QueryParam("tag") tags: List<String>,
        @QueryParam("unit") unit: String = "piece",
        @DefaultValue("RED") @QueryParam("color") color: Color,
        @HeaderParam("X-Trace") trace: String?,
        @BeanParam sorting: Sorting,
    ): Item = throw UnsupportedOperationException("$text $note $count $tags $unit $color $trace $sorting")

    @POST
    @McpOperation
    fun addItem(maker: Maker): Maker = maker

    @POST
    @Path("maybe")
    @McpOperation
    fun addItemMaybe(maker: Maker?): Maker? = maker
}

class Shop : Application() {
    override fun getClasses(): Set<Class<*>> = setOf(ItemResource::class.java)
}

class ResourceTest {

    private val operations: Map<String, Operation> =
        JaxrsOperationSource.of(Shop()).build().published().flatMap { it.operations() }.associateBy { it.id().value() }

    /** JAX-RS gives null for what is absent, an empty list or zero, and never what Kotlin has as a default. */
    @Test
    fun parameters_are_required_where_kotlin_refuses_what_jax_rs_gives_without_them() {
        assertThat(operations.getValue("listItems").parameters().filter { it.required() }.map { it.name() })
            .containsExactly("text", "unit", "by")
    }

    @Test
    fun a_body_is_required_unless_it_may_be_null() {
        assertThat(operations.getValue("addItem").body().orElseThrow().required()).isTrue()
        assertThat(operations.getValue("addItemMaybe").body().orElseThrow().required()).isFalse()
    }
}
