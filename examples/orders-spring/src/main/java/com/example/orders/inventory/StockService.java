package com.example.orders.inventory;

import com.example.orders.problem.ApiProblem;
import com.example.orders.problem.FieldProblem;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes the stock; it never falls below zero. */
@Service
public class StockService {
    private static final Logger LOG = LoggerFactory.getLogger(StockService.class);

    private final StockRepository stock;
    private final Clock clock;

    StockService(StockRepository stock, Clock clock) {
        this.stock = stock;
        this.clock = clock;
    }

    public Optional<StockItem> find(String sku) {
        return stock.findById(sku);
    }

    public StockItem read(String sku) {
        return find(sku).orElseThrow(() -> ApiProblem.notFound("There is no stock item %s.".formatted(sku)));
    }

    /** Takes from the shelf for an order; a negative quantity puts back. */
    @Transactional
    public void take(StockItem item, int quantity) {
        int left = item.onHand() - quantity;
        if (left < 0) {
            throw ApiProblem.conflict("Only %d of %s are on hand.".formatted(item.onHand(), item.sku()));
        }
        stock.save(item.withOnHand(left, clock.instant()));
    }

    /** Changes the version of the item that the caller has seen, and no later one. */
    @Transactional
    public StockItem change(String sku, long seenVersion, StockChange change) {
        StockItem item = read(sku);
        if (item.version() != seenVersion) {
            throw ApiProblem.preconditionFailed("Stock item %s has changed; read it again.".formatted(sku));
        }
        if (change.isEmpty()) {
            throw ApiProblem.unprocessable(
                    "There is nothing to change.", new FieldProblem("delta", "or another field must be given"));
        }
        StockItem changed = item.with(change, clock.instant());
        if (changed.onHand() < 0) {
            throw ApiProblem.conflict("Only %d of %s are on hand.".formatted(item.onHand(), sku));
        }
        StockItem saved = stock.save(changed);
        LOG.info("Stock item {} changed to version {}", saved.sku(), saved.version());
        return saved;
    }
}
