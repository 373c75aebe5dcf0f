/** What happens around every request: its id, its caller in the log, the access line. */
@NullMarked
package com.example.orders.request;

import org.jspecify.annotations.NullMarked;
