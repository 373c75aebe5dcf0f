/** Who may call what: users, roles, URL rules and the 401 and 403 bodies. */
@NullMarked
package com.example.orders.security;

import org.jspecify.annotations.NullMarked;
