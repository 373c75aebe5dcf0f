package com.example.shop

import com.fasterxml.jackson.annotation.JsonCreator
import com.fasterxml.jackson.annotation.JsonProperty
import com.fasterxml.jackson.annotation.JsonTypeInfo
import java.math.BigDecimal

enum class Color {
    RED,

    @JsonProperty("sea-green")
    GREEN,
}

@JvmInline
value class ItemId(val value: String)

@JvmInline
value class Grams(val value: Int)

data class Maker(@param:JsonProperty("called") val name: String, val city: String?)

/** What a caller sends. */
data class NewItem(
    val id: ItemId,
    val name: String,
    val note: String?,
    val count: Int,
    val stars: Int?,
    val color: Color,
    val maker: Maker,
    val copyist: Maker?,
    val isFragile: Boolean,
    val aliases: List<String?>,
    val prices: Map<String, BigDecimal?>,
    val makers: Map<Color, Maker?>?,
    val shelves: List<List<String>?>?,
    val pieces: Int = 1,
    val unit: String = "piece",
    val tags: List<String> = emptyList(),
    val weight: Grams = Grams(0),
) {
    /** Read by its setter, so that it may be absent and may not be null. */
    var comment: String = ""

    /** Of Java's type, of which Kotlin does not know. */
    var origin = System.getProperty("shop.origin")

    val label get() = "$name of ${maker.name}"
}

/** What a caller is sent. */
data class Item(
    val id: ItemId,
    val name: String,
    val note: String?,
    val count: Int,
    val stars: Int?,
    val isFragile: Boolean,
    val aliases: List<String?>,
    val weights: List<Grams>,
    val weight: Grams?,
    val maker: Maker?,
) {
    val label get() = name + " of " + maker?.name

    val remark: String? get() = note
}

@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
sealed class Payment {
    abstract val amount: BigDecimal
}

data class Card(override val amount: BigDecimal, val number: String) : Payment()

data class Cash(override val amount: BigDecimal, val coin: String? = null) : Payment()

data class Page<T>(val items: List<T>, val first: T, val last: T?)

/** Written through a function of its own. */
class Range private constructor(val from: Int, val to: Int?) {
    companion object {
        @JvmStatic
        @JsonCreator
        fun of(from: Int, to: Int? = null) = Range(from, to)
    }
}

class Settings {
    lateinit var name: String
    var note: String? = null
    var size: Int = 3
}
