/**
 * An AI client that plays a short session against the orders service and says at each step whether the guard did what it
 * should.
 *
 * <p>{@link com.example.session.OrdersSession} is the script, read it first. {@link com.example.session.HandshakeClient} speaks
 * the protocol with a handshake, by the official SDK; {@link com.example.session.ModernClient} the one without, by hand.
 * {@link com.example.session.Deeds} remembers what was done, and {@link com.example.session.AuditCheck} holds the audit trail
 * against it.
 */
package com.example.session;
