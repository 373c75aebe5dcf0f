package com.example.orders.inventory;

import com.example.orders.problem.ApiProblem;
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
class InventoryController {
    private final StockService stock;
    private final StockSearch search;

    InventoryController(StockService stock, StockSearch search) {
        this.stock = stock;
        this.search = search;
    }

    @GetMapping
    List<StockItem> list(
            @RequestParam Optional<Category> category, @RequestParam(defaultValue = "false") boolean lowStock) {
        return search.find(category, lowStock);
    }

    @GetMapping("/{sku}")
    ResponseEntity<StockItem> read(@PathVariable @Pattern(regexp = StockItem.SKU) String sku) {
        return withEtag(stock.read(sku));
    }

    /** Changes a stock item; {@code If-Match} carries the ETag of the version that the caller has read. */
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
