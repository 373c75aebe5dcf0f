/** Operator tasks that stay inside the company. */
@NullMarked
package com.example.orders.admin;

import org.jspecify.annotations.NullMarked;
