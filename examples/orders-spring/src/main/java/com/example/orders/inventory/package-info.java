/** Stock items: what is on hand and what it costs. */
@NullMarked
package com.example.orders.inventory;

import org.jspecify.annotations.NullMarked;
