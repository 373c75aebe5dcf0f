package com.example.tickets;

import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Password, token and, unless the service is stateless, a login form with sessions and CSRF protection. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
public class SecurityConfiguration {

    /** Signs the tokens of the people of this service; a real one asks its authorization server. */
    public static final SecretKey SIGNER =
            new SecretKeySpec("the tickets service signs with this".getBytes(StandardCharsets.UTF_8), "HmacSHA256");

    @Value("${spring.mvc.servlet.path:}")
    private String servletPath;

    @Value("${tickets.plain-rules:false}")
    private boolean plainRules;

    @Bean
    @ConditionalOnProperty(name = "tickets.stateless", havingValue = "false")
    SecurityFilterChain sessions(HttpSecurity http) throws Exception {
        return rules(http).formLogin(Customizer.withDefaults()).build();
    }

    @Bean
    @ConditionalOnProperty(name = "tickets.stateless", havingValue = "true")
    SecurityFilterChain stateless(HttpSecurity http) throws Exception {
        return rules(http)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }

    private HttpSecurity rules(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> api(requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                                .permitAll())
                        .hasAnyRole("AGENT", "LEAD")
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()));
    }

    /** As most services write it, unless Spring MVC is not at the root. */
    private AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl api(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        return plainRules || servletPath.isEmpty()
                ? requests.requestMatchers("/api/**")
                : requests.requestMatchers(PathPatternRequestMatcher.withDefaults()
                        .basePath(servletPath)
                        .matcher("/api/**"));
    }

    @Bean
    JwtDecoder tokens() {
        return NimbusJwtDecoder.withSecretKey(SIGNER).build();
    }

    @Bean
    JwtAuthenticationConverter roles() {
        JwtGrantedAuthoritiesConverter authorities = new JwtGrantedAuthoritiesConverter();
        authorities.setAuthoritiesClaimName("roles");
        authorities.setAuthorityPrefix("ROLE_");
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(authorities);
        return converter;
    }

    @Bean
    UserDetailsService people() {
        return new InMemoryUserDetailsManager(List.of(
                User.withUsername("ann").password("{noop}ann-pw").roles("AGENT").build(),
                User.withUsername("lea").password("{noop}lea-pw").roles("LEAD").build()));
    }
}
