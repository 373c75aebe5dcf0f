/**
 * Hands audit events to log services over HTTPS: {@link io.mcpguard.core.sink.http.HttpSink} sends and tries to send, and one
 * template a service says what a request looks like there and what an answer means.
 */
@NullMarked
package io.mcpguard.core.sink.http;

import org.jspecify.annotations.NullMarked;
