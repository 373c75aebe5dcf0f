package com.example.orders.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** The users of the service by name. */
@ConfigurationProperties("orders")
@Validated
record UserProperties(@NotEmpty Map<String, @Valid Account> users) {

    /** A user's password, in plain text or as {@code {bcrypt}...}, and roles. */
    record Account(@NotBlank String password, @NotEmpty Set<Role> roles) {
        @Override
        public String toString() {
            return "Account" + roles;
        }
    }
}
