package org.jxenstored.xen.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/** Finds shared libraries by their file names. */
@FunctionalInterface
public interface Libraries {
    /** Where the system's linker looks for them. */
    Libraries INSTALLED = Libraries::installed;

    /** Loads a library, for good; empty if it is not installed. */
    Optional<SymbolLookup> load(String name);

    @SuppressWarnings("restricted") // loading a library runs what its maker wrote: they are Xen's own
    private static Optional<SymbolLookup> installed(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }
}
