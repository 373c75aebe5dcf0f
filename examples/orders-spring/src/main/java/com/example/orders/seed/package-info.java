/** The demo data of the first start. */
@NullMarked
package com.example.orders.seed;

import org.jspecify.annotations.NullMarked;
