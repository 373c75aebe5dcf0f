/** Data to look at. */
package com.example.orders.seed;
