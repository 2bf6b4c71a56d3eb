/**
 * Domains' lives on a whole simulated machine in virtual time: the daemon's server, guests and a toolstack in one
 * sequence of steps, the same for the same seed.
 */
@NullMarked
package org.jxenstored.it.life;

import org.jspecify.annotations.NullMarked;
