/** Runs the transcripts of src/test/resources/transcripts against a world: the engine alone or a whole daemon. */
@NullMarked
package org.jxenstored.it.transcript;

import org.jspecify.annotations.NullMarked;
