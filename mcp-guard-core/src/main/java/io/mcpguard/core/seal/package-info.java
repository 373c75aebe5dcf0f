/**
 * Values that a client is given to hand back: cursors, the state of an unfinished request, the name of a handshake.
 *
 * <p>The guard keeps no state between requests, so what must outlive one travels with the client. It is encrypted and
 * authenticated, ends after a while, and counts only for the purpose and the holder it was made for. It never says who
 * calls: that is the credential's part alone.
 */
@NullMarked
package io.mcpguard.core.seal;

import org.jspecify.annotations.NullMarked;
