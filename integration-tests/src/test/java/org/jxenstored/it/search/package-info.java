/**
 * Search for mistakes: a whole machine with the real server on it, in virtual time, does what a seed decides and is
 * compared with a naive model of the store, also when the daemon is killed and its disk is full.
 */
@NullMarked
package org.jxenstored.it.search;

import org.jspecify.annotations.NullMarked;
