package com.example.orders.api;

/** What is wrong with one field. */
record FieldError(String field, String message) {}
