package io.mcpguard.spring.security;

import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Points out at start-up a binding that can match nobody, because it spells a role with its prefix. */
final class BindingSpelling implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(BindingSpelling.class);

    private final ObjectProvider<ProfileStore> profiles;
    private final GuardAuthorities authorities;

    BindingSpelling(ObjectProvider<ProfileStore> profiles, GuardAuthorities authorities) {
        this.profiles = profiles;
        this.authorities = authorities;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        profiles.ifAvailable(store -> store.all().forEach(this::check));
    }

    private void check(Profile profile) {
        profile.binding().roles().stream()
                .filter(authorities::isPrefixed)
                .forEach(role -> LOG.warn(
                        "Profile {} is bound to role {}, which matches nobody: write it as in hasRole, without {}",
                        profile.id(),
                        role,
                        authorities.prefix()));
    }
}
