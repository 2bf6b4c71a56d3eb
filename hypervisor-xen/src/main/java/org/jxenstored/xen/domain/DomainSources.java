package org.jxenstored.xen.domain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;
import java.util.function.Supplier;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.foreign.Libraries;

/**
 * Chooses who tells which domains exist: libxenmanage, which is the same for all versions of Xen that have it, else
 * libxenctrl of the version that runs, if its records are known.
 */
public final class DomainSources {
    private static final Logger LOG = System.getLogger(DomainSources.class.getName());

    private final Libraries libraries;
    private final Supplier<Optional<XenVersion>> version;
    private final String architecture;

    /**
     * @param version of the Xen that runs, empty if it cannot be told; asked for only if it matters
     * @param architecture the JDK's name of it
     */
    public DomainSources(Libraries libraries, Supplier<Optional<XenVersion>> version, String architecture) {
        this.libraries = libraries;
        this.version = version;
        this.architecture = architecture;
    }

    /**
     * Opens one; VIRQ_DOM_EXC is bound already.
     *
     * @throws HypervisorException with what stands in the way
     */
    public XenDomains open(DomainSource choice) throws HypervisorException {
        return switch (choice) {
            case LIBXENMANAGE -> managed(libraries.load(LibXenManage.NAME).orElseThrow(this::noLibXenManage));
            case LIBXENCTRL -> listed(() -> "domains=libxenctrl was chosen");
            case AUTO -> {
                Optional<SymbolLookup> library = libraries.load(LibXenManage.NAME);
                yield library.isPresent()
                        ? managedOrListed(library.get())
                        : listed(() -> libraries.whyNot(LibXenManage.NAME));
            }
        };
    }

    private HypervisorException noLibXenManage() {
        return new HypervisorException(
                Obstacle.MISSING_PART,
                LibXenManage.NAME + " cannot be loaded (" + libraries.whyNot(LibXenManage.NAME)
                        + "): it comes with Xen 4.21 and later");
    }

    private static XenDomains managed(SymbolLookup library) throws HypervisorException {
        return ManagedDomains.open(LibXenManage.open(library));
    }

    /** The library may be newer than the Xen that runs. */
    private XenDomains managedOrListed(SymbolLookup library) throws HypervisorException {
        try {
            return managed(library);
        } catch (HypervisorException e) {
            LOG.log(Level.INFO, "going on without " + LibXenManage.NAME + ": " + e.getMessage());
            return listed(() -> String.valueOf(e.getMessage()));
        }
    }

    /**
     * Asks libxenctrl.
     *
     * @param notManaged for people: why not libxenmanage
     */
    private XenDomains listed(Supplier<String> notManaged) throws HypervisorException {
        XenVersion running = version.get().orElseThrow(() -> noVersion(notManaged));
        int size = RecordLayout.size(running, architecture).orElseThrow(() -> unknown(running, notManaged));
        String name = LibXenCtrl.name(running);
        SymbolLookup library = libraries.load(name).orElseThrow(() -> noLibXenCtrl(name, running));
        LibXenCtrl opened = LibXenCtrl.open(library, name);
        try {
            RecordLayout.check(opened, size);
        } catch (HypervisorException e) {
            opened.close();
            throw e;
        }
        return new ListedDomains(opened, size);
    }

    private static HypervisorException noVersion(Supplier<String> notManaged) {
        return notKnown(
                "the version of this Xen cannot be told: there is neither /sys/hypervisor/version nor an answer by"
                        + " /dev/xen/privcmd",
                notManaged);
    }

    private static HypervisorException unknown(XenVersion running, Supplier<String> notManaged) {
        return notKnown("Xen " + running + " is not known", notManaged);
    }

    private static HypervisorException notKnown(String what, Supplier<String> notManaged) {
        return new HypervisorException(
                Obstacle.UNKNOWN_VERSION,
                what + ": without " + LibXenManage.NAME
                        + ", which comes with Xen 4.21 and later, it must be one of " + RecordLayout.known() + "; "
                        + LibXenManage.NAME + " is not used: " + notManaged.get());
    }

    private HypervisorException noLibXenCtrl(String name, XenVersion running) {
        return new HypervisorException(
                Obstacle.MISSING_PART,
                name + " cannot be loaded (" + libraries.whyNot(name) + "): it comes with the tools of Xen " + running
                        + "; on Debian, install libxenmisc" + running);
    }
}
