/** Who calls, and what they may. */
package com.example.orders.security;
