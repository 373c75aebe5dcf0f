package com.example.orders.inventory;

import com.example.orders.problem.ApiProblem;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/inventory")
@McpProduct(value = "inventory", name = "Inventory", description = "What is on the shelf and what it costs in euros.")
class InventoryController {
    private final StockService stock;
    private final StockSearch search;

    InventoryController(StockService stock, StockSearch search) {
        this.stock = stock;
        this.search = search;
    }

    @McpOperation(
            id = "listStockItems",
            title = "List stock items",
            description = "Lists stock items, of one category or of all. lowStock=true leaves only those below "
                    + "their reorder level. Use it to find out what there is, or what has to be ordered.")
    @GetMapping
    List<StockItem> list(
            @RequestParam Optional<Category> category, @RequestParam(defaultValue = "false") boolean lowStock) {
        return search.find(category, lowStock);
    }

    @McpOperation(
            id = "getStockItem",
            title = "Get a stock item",
            description = "Reads one stock item by its SKU, such as KIT-1002: pieces on hand, reorder level, "
                    + "price in euros. Its version is what changeStockItem wants in If-Match.")
    @GetMapping("/{sku}")
    ResponseEntity<StockItem> read(@PathVariable @Pattern(regexp = StockItem.SKU) String sku) {
        return withEtag(stock.read(sku));
    }

    /** Changes a stock item; {@code If-Match} carries the ETag of the version that the caller has read. */
    @McpOperation(
            id = "changeStockItem",
            title = "Change a stock item",
            description = "Changes pieces on hand by delta (negative takes away), the reorder level or the "
                    + "price in euros; what is left out stays. Read the item first and send its version in "
                    + "quotes as If-Match, such as \"3\". 412 means that it has changed meanwhile; read it "
                    + "again.")
    @PatchMapping("/{sku}")
    ResponseEntity<StockItem> change(
            @PathVariable @Pattern(regexp = StockItem.SKU) String sku,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable @Pattern(regexp = "\"[0-9]{1,18}\"")
                    String ifMatch,
            @RequestBody @Valid StockChange change) {
        if (ifMatch == null) {
            throw ApiProblem.preconditionRequired("Send the ETag of the stock item in If-Match.");
        }
        long seenVersion = Long.parseLong(ifMatch.substring(1, ifMatch.length() - 1));
        return withEtag(stock.change(sku, seenVersion, change));
    }

    private static ResponseEntity<StockItem> withEtag(StockItem item) {
        return ResponseEntity.ok().eTag(Long.toString(item.version())).body(item);
    }
}
