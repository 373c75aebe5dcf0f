/** Customers: finding, reading, updating and anonymizing them. */
@NullMarked
package com.example.orders.customer;

import org.jspecify.annotations.NullMarked;
