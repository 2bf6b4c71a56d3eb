package org.jxenstored.xen.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.domain.LibXenManage.Answer;
import org.jxenstored.xen.foreign.SystemCalls;

/**
 * Domains as libxenmanage shows them: with unique ids, and with a record of who changed.
 *
 * <p>The library has no list. But whoever binds VIRQ_DOM_EXC is told of every domain as changed (lifecycle.md 8), and
 * of every new one later; so those that exist are among those that Xen ever named.
 */
final class ManagedDomains implements XenDomains {
    private static final int DOMIDS = 0x7FF0;

    private final LibXenManage library;

    /** Ids that may exist: all that were named and were not seen to be gone since. */
    private final TreeSet<Integer> named = new TreeSet<>();

    /** Changes that were taken from Xen and not asked for yet. */
    private final TreeSet<Integer> changed = new TreeSet<>();

    private ManagedDomains(LibXenManage library) {
        this.library = library;
    }

    /** Asks for the first time; VIRQ_DOM_EXC is bound already. */
    static ManagedDomains open(LibXenManage library) throws HypervisorException {
        ManagedDomains domains = new ManagedDomains(library);
        int errno = domains.takeNews();
        if (errno == 0) {
            return domains;
        }
        library.close();
        throw errno == SystemCalls.EPERM || errno == SystemCalls.EACCES
                ? new HypervisorException(
                        Obstacle.NO_RIGHTS,
                        "Xen does not tell this domain which domains change (" + Failures.describe(errno)
                                + "): Xen is older than 4.21, or does not tell this domain of domains that end")
                : new HypervisorException(
                        Obstacle.UNKNOWN_VERSION,
                        "this Xen does not understand " + LibXenManage.NAME + ": " + Failures.describe(errno));
    }

    /** Takes all that changed off Xen's record; returns 0 or an errno. */
    private int takeNews() {
        while (true) {
            switch (library.takeChanged()) {
                case Answer.Told(int domid, boolean exists, var _) -> {
                    changed.add(domid);
                    if (exists) {
                        named.add(domid);
                    } else {
                        named.remove(domid);
                    }
                }
                case Answer.Failed(int errno) -> {
                    return errno == SystemCalls.ENOENT ? 0 : errno;
                }
            }
        }
    }

    private void takeNewsSurely() {
        int errno = takeNews();
        if (errno != 0) {
            throw new IllegalStateException("Xen does not tell which domains changed: " + Failures.describe(errno));
        }
    }

    @Override
    public List<DomainState> list() {
        takeNewsSurely();
        List<DomainState> states = new ArrayList<>();
        if (named.isEmpty()) {
            for (int domid = 0; domid < DOMIDS; domid++) {
                find(domid).ifPresent(states::add);
            }
            states.forEach(state -> named.add(state.domid()));
        } else {
            for (int domid : List.copyOf(named)) {
                find(domid).ifPresentOrElse(states::add, () -> named.remove(domid));
            }
        }
        return states;
    }

    @Override
    public Optional<DomainState> find(int domid) {
        return switch (library.find(domid)) {
            case Answer.Told(var _, boolean exists, DomainState state) ->
                exists ? Optional.of(state) : Optional.empty();
            case Answer.Failed(int errno) when errno == SystemCalls.ESRCH -> Optional.empty();
            case Answer.Failed(int errno) when errno == SystemCalls.EPERM && isKnownToBeGone(domid) -> Optional.empty();
            case Answer.Failed(int errno) ->
                throw new IllegalStateException(
                        "Xen does not tell whether domain " + domid + " exists: " + Failures.describe(errno));
        };
    }

    /** A store domain without control over the host may not ask for one that is not there; the news tell. */
    private boolean isKnownToBeGone(int domid) {
        return takeNews() == 0 && !named.contains(domid);
    }

    @Override
    public boolean recordsChanges() {
        return true;
    }

    @Override
    public List<Integer> takeChanged() {
        takeNewsSurely();
        List<Integer> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }

    @Override
    public void close() {
        library.close();
    }
}
