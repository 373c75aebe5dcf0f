package com.example.orders.security;

import com.example.orders.api.ProblemDocument;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Nothing of the API is for somebody who has not signed in; what each role may do stands on the resources. */
@Priority(Priorities.AUTHENTICATION)
public final class SignedIn implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getSecurityContext().getUserPrincipal() == null) {
            request.abortWith(Response.fromResponse(ProblemDocument.answer(401, "Sign in with a name and password."))
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orders\"")
                    .build());
        }
    }
}
