/**
 * The doors: addresses the daemon listens on, and how a connection comes in.
 *
 * <p>What happens on a connection is the business of whoever implements {@link org.jxenstored.listener.Accepted}.
 */
@NullMarked
package org.jxenstored.listener;

import org.jspecify.annotations.NullMarked;
