package org.jxenstored.sim.toolstack;

import java.util.UUID;

/**
 * The image of a guest that was saved: what is needed to give it a new domain (L-SUSP-8).
 *
 * @param uuid stays the same over all its lives
 */
public record SavedGuest(GuestConfig config, UUID uuid) {}
