/** The orders service. */
@NullMarked
package com.example.orders;

import org.jspecify.annotations.NullMarked;
