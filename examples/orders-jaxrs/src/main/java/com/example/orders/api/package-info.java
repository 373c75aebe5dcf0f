/** The API as a JAX-RS application: what is in it, and how failures are answered (RFC 9457). */
package com.example.orders.api;
