/** What must outlive the daemon: the store, and what it knows of domains, as values. */
@NullMarked
package org.jxenstored.durable;

import org.jspecify.annotations.NullMarked;
