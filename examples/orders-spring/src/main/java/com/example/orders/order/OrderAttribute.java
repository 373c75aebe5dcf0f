package com.example.orders.order;

import org.springframework.data.relational.core.mapping.Table;

/** A free remark on an order, stored under its name. */
@Table("order_attribute")
record OrderAttribute(String text) {}
