package com.example.orders.security;

import com.example.orders.request.CallerLogFilter;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** HTTP Basic without sessions; the rules by URL. Rules by method are on the services. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityConfiguration {
    private static final String USER = Role.USER.name();
    private static final String SUPPORT = Role.SUPPORT.name();
    private static final String DEVELOPER = Role.DEVELOPER.name();
    private static final String ADMIN = Role.ADMIN.name();

    @Bean
    SecurityFilterChain api(HttpSecurity http, SecurityProblems problems) {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/*")
                        .permitAll()
                        .requestMatchers("/api/admin/**")
                        .hasRole(ADMIN)
                        .requestMatchers(HttpMethod.GET, "/api/**")
                        .hasAnyRole(USER, SUPPORT, DEVELOPER, ADMIN)
                        .requestMatchers("/api/orders/**")
                        .hasAnyRole(USER, SUPPORT, ADMIN)
                        .requestMatchers("/api/customers/**")
                        .hasAnyRole(SUPPORT, ADMIN)
                        .requestMatchers("/api/inventory/**")
                        .hasAnyRole(DEVELOPER, ADMIN)
                        .requestMatchers("/api/**")
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookie carries an identity here, so there is nothing that a foreign page could ride on.
                .csrf(csrf -> csrf.disable())
                .addFilterBefore(new CallerLogFilter(), AuthorizationFilter.class)
                .build();
    }

    @Bean
    UserDetailsService users(UserProperties properties, PasswordEncoder encoder) {
        return new InMemoryUserDetailsManager(properties.users().entrySet().stream()
                .map(entry -> user(entry.getKey(), entry.getValue(), encoder))
                .toList());
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    private static UserDetails user(String name, UserProperties.Account account, PasswordEncoder encoder) {
        String password = account.password();
        return User.withUsername(name)
                .password(password.startsWith("{bcrypt}") ? password : encoder.encode(password))
                .roles(account.roles().stream().map(Role::name).toArray(String[]::new))
                .build();
    }
}
