/**
 * What a tool, prompt or resource of the service's own answers: content, a question back to the user, or that the client lacks
 * a capability.
 *
 * <p>JSON values are plain Java values here, since this module has no JSON library: null, {@code Boolean}, {@code String},
 * {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code Double} (finite), {@code List} of such and
 * {@code Map} from {@code String} to such. Anything else makes an answer void.
 */
@NullMarked
package io.mcpguard.answer;

import org.jspecify.annotations.NullMarked;
