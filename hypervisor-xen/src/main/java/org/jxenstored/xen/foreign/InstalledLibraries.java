package org.jxenstored.xen.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/** The libraries that the system's linker finds. */
final class InstalledLibraries implements Libraries {
    private static final int RTLD_LAZY = 1;

    /** Bytes; more than the linker says. */
    private static final int REASON_MAX = 4096;

    @Override
    @SuppressWarnings("restricted") // loading a library runs what its maker wrote: they are Xen's own
    public Optional<SymbolLookup> load(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }

    /** The JDK keeps the reason for itself, so the linker is asked once more. */
    @Override
    public String whyNot(String name) {
        NativeFunction open = NativeFunction.ofLibc("dlopen");
        // Found first: finding a function is a success that makes the linker forget the failure before.
        NativeFunction error = NativeFunction.ofLibc("dlerror");
        try (Arena arena = Arena.ofConfined()) {
            long library = open.toAddress(arena.allocateFrom(name).address(), RTLD_LAZY, 0, 0, 0, 0);
            long reason = library > 0 ? 0 : error.toAddress(0, 0, 0, 0, 0, 0);
            return reason > 0 ? text(reason) : name + ": the linker does not say why";
        }
    }

    @SuppressWarnings("restricted") // the linker says that its text is there
    private static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(REASON_MAX).getString(0);
    }
}
