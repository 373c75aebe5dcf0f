/** Errors as problem details (RFC 9457). */
@NullMarked
package com.example.orders.problem;

import org.jspecify.annotations.NullMarked;
