/** What servlets lack: JSON, checked input, and problem answers (RFC 9457). */
package com.example.orders.http;
