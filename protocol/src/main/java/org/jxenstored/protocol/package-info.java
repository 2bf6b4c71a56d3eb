/**
 * The xenstore wire format: what the bytes of requests, replies, events and ring pages mean.
 *
 * <p>Strict and pure: nothing here reads a socket, starts a thread or keeps state between messages.
 * Every parser says with an empty result that its input is not of the grammar; the errno for it is
 * always EINVAL (P-ERR-1).
 */
@NullMarked
package org.jxenstored.protocol;

import org.jspecify.annotations.NullMarked;
