package io.mcpguard.spring.service;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Security configurations as services have them. */
public final class Security {

    private Security() {}

    /** Basic, CSRF protection on, sessions as Spring Security makes them. */
    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    public static class Usual {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.authorizeHttpRequests(Security::rules)
                    .httpBasic(Customizer.withDefaults())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return Security.accounts();
        }
    }

    /** Basic, no sessions and no CSRF protection. */
    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    public static class Stateless {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.authorizeHttpRequests(Security::rules)
                    .httpBasic(Customizer.withDefaults())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return Security.accounts();
        }
    }

    private static void rules(
            org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer<HttpSecurity>
                            .AuthorizationManagerRequestMatcherRegistry
                    requests) {
        requests.requestMatchers(HttpMethod.GET, "/api/**")
                .hasAnyRole("READER", "WRITER")
                .requestMatchers(HttpMethod.POST, "/api/**")
                .hasRole("WRITER")
                .anyRequest()
                .authenticated();
    }

    private static UserDetailsService accounts() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ann")
                        .password("{noop}ann-pw")
                        .roles("READER")
                        .build(),
                User.withUsername("wil")
                        .password("{noop}wil-pw")
                        .roles("WRITER")
                        .build());
    }
}
