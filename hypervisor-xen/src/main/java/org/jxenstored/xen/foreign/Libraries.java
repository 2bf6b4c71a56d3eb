package org.jxenstored.xen.foreign;

import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/** Finds shared libraries by their file names. */
public interface Libraries {
    /** Where the system's linker looks for them. */
    Libraries INSTALLED = new InstalledLibraries();

    /** Loads a library, for good; empty if that cannot be done. */
    Optional<SymbolLookup> load(String name);

    /** Why a library cannot be loaded, in the linker's words: it may be there, and another one that it needs is not. */
    String whyNot(String name);
}
