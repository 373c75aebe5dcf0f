/** The service: JAX-RS by Jersey on an embedded Jetty, with mcp-guard in it. */
package com.example.orders;
