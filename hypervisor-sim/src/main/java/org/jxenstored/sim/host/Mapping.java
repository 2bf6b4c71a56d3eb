package org.jxenstored.sim.host;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.jxenstored.sim.timeline.Party;

/** A page of a domain in the address space of another one; keeps its owner from being freed (L-REF-1). */
public final class Mapping implements AutoCloseable {
    private final SimHost host;
    private final SimDomain holder;
    private final GuestPage page;
    private final MapKind kind;
    private @Nullable PageView view;
    private boolean closed;

    /** Maps a page; under the host's lock. */
    Mapping(SimDomain holder, GuestPage page, MapKind kind) {
        this.host = holder.host;
        this.holder = holder;
        this.page = page;
        this.kind = kind;
        holder.mappings.add(this);
        page.mapped(this);
        note("maps ", kind.user(holder));
    }

    /** The page, {@link org.jxenstored.protocol.RingPage#SIZE} bytes; throws IllegalStateException once unmapped. */
    public MemorySegment bytes() {
        return host.lock().call(() -> {
            if (closed) {
                throw new IllegalStateException(this + " is unmapped");
            }
            if (view == null) {
                view = page.view();
            }
            return view.bytes();
        });
    }

    /** The page's machine frame number: which of the {@link HostMemory}'s pages it is. */
    public long frame() {
        return host.lock().call(page::frame);
    }

    /** Unmaps. Closing twice does nothing. */
    @Override
    public void close() {
        host.lock().run(() -> end(kind.user(holder), "unmaps "));
    }

    /** Xen unmaps, as the holder is destroyed; under the host's lock. */
    void revoke() {
        end(Party.XEN, holder + " is destroyed: unmaps ");
    }

    private void end(Party by, String what) {
        if (closed) {
            return;
        }
        closed = true;
        holder.mappings.remove(this);
        if (view != null) {
            view.close();
        }
        note(what, by);
        page.unmapped(this);
    }

    private void note(String what, Party by) {
        if (!(kind instanceof MapKind.Own)) {
            host.notes().noteOf(page.owner(), holder, by, what + kind.what(page));
        }
    }

    MapKind kind() {
        return kind;
    }

    /** What this is to the owner of the page. */
    Reference reference() {
        return new Reference(kind.keeps(), holder.domid());
    }

    @Override
    public String toString() {
        return kind.what(page) + " of " + page.owner() + " in " + holder;
    }
}
