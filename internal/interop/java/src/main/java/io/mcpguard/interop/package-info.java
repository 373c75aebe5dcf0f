/** MCP clients that are Java libraries, each as a small program that {@code internal/interop/run} starts. */
package io.mcpguard.interop;
