/** What the tests and measurements of several modules share: chance with a seed, and how they say what they found. */
@NullMarked
package org.jxenstored.testing;

import org.jspecify.annotations.NullMarked;
