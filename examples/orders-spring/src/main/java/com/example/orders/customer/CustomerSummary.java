package com.example.orders.customer;

/** What everybody in the company may see of a customer. */
public record CustomerSummary(long id, String name, String city, String country, Segment segment) {}
