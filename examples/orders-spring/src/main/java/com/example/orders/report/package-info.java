/** What is read from all orders at once: the monthly report and the CSV export. */
@NullMarked
package com.example.orders.report;

import org.jspecify.annotations.NullMarked;
