package com.example.orders.security;

/** What a caller is in the company. */
public enum Role {
    USER,
    SUPPORT,
    DEVELOPER,
    ADMIN
}
