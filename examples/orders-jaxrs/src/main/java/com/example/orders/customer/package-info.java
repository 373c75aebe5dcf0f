/** Customers, kept in memory. */
package com.example.orders.customer;
