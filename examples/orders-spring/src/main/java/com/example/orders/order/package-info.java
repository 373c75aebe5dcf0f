/** Orders: placing, finding, cancelling and redirecting them. */
@NullMarked
package com.example.orders.order;

import org.jspecify.annotations.NullMarked;
