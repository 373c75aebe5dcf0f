package io.mcpguard.jaxrs.mount;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** The service's own login: {@code Bearer alice} is a user; whoever has no login of any kind is turned away. */
@Priority(Priorities.AUTHENTICATION)
public final class Login implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        SecurityContext known = request.getSecurityContext();
        if (known != null && known.getUserPrincipal() != null) {
            return;
        }
        if (!"Bearer alice".equals(request.getHeaderString("Authorization"))) {
            request.abortWith(Response.status(401)
                    .header("WWW-Authenticate", "Bearer realm=service")
                    .build());
            return;
        }
        request.setSecurityContext(new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return () -> "alice";
            }

            @Override
            public boolean isUserInRole(String role) {
                return role.equals("user");
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public String getAuthenticationScheme() {
                return "Bearer";
            }
        });
    }
}
