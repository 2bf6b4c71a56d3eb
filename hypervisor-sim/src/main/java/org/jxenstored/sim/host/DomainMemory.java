package org.jxenstored.sim.host;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;

/**
 * The pages of one domain. Most are only counted; those that others can map exist. All calls are made under the
 * host's lock.
 */
final class DomainMemory {
    /** What one preemptible step of a destruction frees: 64 MiB. */
    static final int PAGES_FREED_IN_A_STEP = 64 * 256;

    private static final long CONSOLE_GFN = 0xfefff;
    private static final long STORE_GFN = 0xfeffc;
    private static final int PAGES_IN_A_MIB = 256;

    private final SimDomain owner;
    private final PagePool pool;
    private final int frames;
    private final FreeNumbers freeFrames;
    private final Map<Long, GuestPage> pages = new LinkedHashMap<>();
    private final Set<GuestPage> unused = new HashSet<>();
    private final GuestPage storePage = special(STORE_GFN);
    private final GuestPage consolePage = special(CONSOLE_GFN);
    private final PageView storePageOfOwner;
    private long counted;
    private boolean givenUp;

    DomainMemory(SimDomain owner, PagePool pool, int memoryMib) {
        this.owner = owner;
        this.pool = pool;
        this.frames = memoryMib * PAGES_IN_A_MIB - pages.size();
        this.freeFrames = new FreeNumbers(0, frames - 1);
        this.counted = frames;
        this.storePageOfOwner = storePage.view();
    }

    private GuestPage special(long gfn) {
        GuestPage page = new GuestPage(this, gfn);
        pages.put(gfn, page);
        return page;
    }

    SimDomain owner() {
        return owner;
    }

    GuestPage storePage() {
        return storePage;
    }

    GuestPage consolePage() {
        return consolePage;
    }

    /** What the domain itself sees of its store page. */
    RingPage ringPage() {
        return new RingPage(storePageOfOwner.bytes());
    }

    RawRing rawRing() {
        return new RawRing(storePageOfOwner.bytes());
    }

    /** Pages it still has. */
    long count() {
        return counted + pages.size();
    }

    /** All maps of its pages by others and by itself. */
    List<Mapping> mappings() {
        return pages.values().stream().flatMap(page -> page.mappings().stream()).toList();
    }

    /** A page of its own for a ring of a device: ENOMEM if it has none left. */
    GuestPage take() throws HypervisorException {
        OptionalInt frame = freeFrames.take();
        if (frame.isEmpty()) {
            throw new HypervisorException(
                    Errno.ENOMEM, "domain " + owner.domid() + " has no page left: give it more memory");
        }
        return exist(frame.getAsInt());
    }

    /** The page of this frame number: EINVAL if there is none. */
    GuestPage find(long gfn) throws HypervisorException {
        GuestPage page = pages.get(gfn);
        if (page != null) {
            return page;
        }
        if (gfn < 0 || gfn >= frames) {
            throw new HypervisorException(
                    Errno.EINVAL, "domain " + owner.domid() + " has no page with the frame number " + gfn);
        }
        freeFrames.take((int) gfn);
        return exist(gfn);
    }

    private GuestPage exist(long gfn) {
        counted--;
        return special(gfn);
    }

    /** The domain has no use for a page any more; it is ordinary memory again when nobody maps it. */
    void drop(GuestPage page) {
        unused.add(page);
        if (page.mappings().isEmpty()) {
            idle(page);
        }
    }

    /** Nobody maps the page any more. */
    void idle(GuestPage page) {
        if (givenUp) {
            remove(page);
        } else if (unused.contains(page)) {
            remove(page);
            counted++;
            freeFrames.free((int) page.gfn());
        }
    }

    private void remove(GuestPage page) {
        unused.remove(page);
        pages.remove(page.gfn());
        page.free();
        if (givenUp && pages.isEmpty()) {
            owner.references.drop(Reference.MEMORY);
        }
    }

    /** One step of giving all memory back to the host; true if nothing is left but what others map. */
    boolean giveUpSome() {
        counted -= Math.min(counted, PAGES_FREED_IN_A_STEP);
        if (counted == 0 && !givenUp) {
            givenUp = true;
            storePageOfOwner.close();
            List.copyOf(pages.values()).stream()
                    .filter(page -> page.mappings().isEmpty())
                    .forEach(this::remove);
        }
        return givenUp;
    }

    HostPage takeFromHost() {
        return pool.take();
    }

    void giveBackToHost(HostPage page) {
        pool.giveBack(page);
    }
}
