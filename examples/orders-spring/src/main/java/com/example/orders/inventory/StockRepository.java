package com.example.orders.inventory;

import org.springframework.data.repository.ListCrudRepository;

interface StockRepository extends ListCrudRepository<StockItem, String> {}
