/** Orders, kept in memory. */
package com.example.orders.order;
