/** The service: plain servlets on an embedded Tomcat, with mcp-guard in it. */
package com.example.orders;
