/**
 * The daemon as a process: options, directories, pid file, signals, service manager, start and stop.
 *
 * <p>Nothing here knows the store's rules, and nothing here is used by them.
 */
@NullMarked
package org.jxenstored.daemon;

import org.jspecify.annotations.NullMarked;
