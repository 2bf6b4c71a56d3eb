/** The diagrams of docs/lifecycle.md, made from simulated runs. */
@NullMarked
package org.jxenstored.it.diagrams;

import org.jspecify.annotations.NullMarked;
