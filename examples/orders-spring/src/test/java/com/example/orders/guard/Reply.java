package com.example.orders.guard;

import tools.jackson.databind.JsonNode;

/**
 * What came back, whichever door it came through.
 *
 * @param http HTTP status
 * @param status status of the operation, which MCP carries inside its own 200
 * @param contentType media type of the body, empty without one
 * @param body the body; a text node when it is not JSON, a missing node when there is none
 */
record Reply(int http, int status, String contentType, JsonNode body) {}
