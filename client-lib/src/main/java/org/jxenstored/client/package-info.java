/**
 * A client of the xenstore: blocking and asynchronous requests, transactions and watches.
 *
 * <p>Start at {@link org.jxenstored.client.XenstoreClient}. Needs nothing but the JDK and the protocol
 * module.
 */
@NullMarked
package org.jxenstored.client;

import org.jspecify.annotations.NullMarked;
