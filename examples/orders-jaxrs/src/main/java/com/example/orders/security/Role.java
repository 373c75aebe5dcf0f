package com.example.orders.security;

/** What callers can be to the service. */
public final class Role {

    public static final String USER = "USER";
    public static final String SUPPORT = "SUPPORT";
    public static final String DEVELOPER = "DEVELOPER";
    public static final String ADMIN = "ADMIN";

    private Role() {}
}
