/** What the store knows of a domain: identity, quotas and their use, target, whether its end was reported. */
@NullMarked
package org.jxenstored.domain;

import org.jspecify.annotations.NullMarked;
