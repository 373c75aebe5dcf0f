package io.mcpguard.profile;

import java.util.Set;

/**
 * Says which callers that the service itself has authenticated may use a profile.
 *
 * @param principals names of principals; empty means none by name
 * @param roles roles as the service spells them, any one of which is enough; empty means none by role
 * @since 0.1
 */
public record Binding(Set<String> principals, Set<String> roles) {

    public Binding {
        principals = Set.copyOf(principals);
        roles = Set.copyOf(roles);
    }

    /**
     * A binding that nobody has.
     *
     * @return a binding without principals and roles
     */
    public static Binding nobody() {
        return new Binding(Set.of(), Set.of());
    }

    /**
     * Says whether a caller is bound.
     *
     * @param name the principal's name
     * @param callerRoles the principal's roles
     * @return true when the name or one of the roles is listed
     */
    public boolean includes(String name, Set<String> callerRoles) {
        return principals.contains(name) || callerRoles.stream().anyMatch(roles::contains);
    }
}
