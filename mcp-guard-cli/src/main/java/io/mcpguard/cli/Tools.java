package io.mcpguard.cli;

import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.profile.ProfileFileEditor;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What commands work with.
 *
 * @param clock tells the time
 * @param random where new keys come from
 */
record Tools(InstantSource clock, SecureRandom random) {

    /** Issues keys into the profiles file of a home. */
    ApiKeyIssuer issuer(Home home) {
        return new ApiKeyIssuer(new ProfileFileEditor(home.profiles()), new FileKeySource(home.keys()), random, clock);
    }
}
