package org.jxenstored.sim.host;

import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.timeline.Party;

/** By which right a page is mapped (lifecycle.md 10). */
sealed interface MapKind {
    /** What the mapping is to the owner of the page. */
    Reference.Kind keeps();

    /** The page in a few words. */
    String what(GuestPage page);

    /** Who it is in the holder's domain that maps. */
    default Party user(SimDomain holder) {
        return Party.domain(holder.domid());
    }

    /** The owner lets the holder map the page by this entry of its grant table. */
    record Grant(int reference) implements MapKind {
        @Override
        public Reference.Kind keeps() {
            return Reference.Kind.GRANT_MAP;
        }

        @Override
        public String what(GuestPage page) {
            return "grant " + reference + " of " + page.owner()
                    + (reference == RingMapper.GRANT_XENSTORE ? ", the store ring" : "");
        }

        @Override
        public Party user(SimDomain holder) {
            return reference == RingMapper.GRANT_XENSTORE ? Party.XENSTORED : MapKind.super.user(holder);
        }
    }

    /** By frame number, as a control domain or a device model may. */
    record Foreign() implements MapKind {
        @Override
        public Reference.Kind keeps() {
            return Reference.Kind.FOREIGN_MAP;
        }

        @Override
        public String what(GuestPage page) {
            return "frame 0x" + Long.toHexString(page.gfn()) + " of " + page.owner();
        }
    }

    /** The page over which a device model is asked for what the guest's devices do. */
    record Ioreq() implements MapKind {
        @Override
        public Reference.Kind keeps() {
            return Reference.Kind.IOREQ_MAP;
        }

        @Override
        public String what(GuestPage page) {
            return "IOREQ page of " + page.owner();
        }

        /** In dom0 it is a process, not the kernel. */
        @Override
        public Party user(SimDomain holder) {
            return holder.domid() == Domid.DOM0 ? Party.DEVICE_MODEL : MapKind.super.user(holder);
        }
    }

    /** A process of the owner itself. */
    record Own() implements MapKind {
        @Override
        public Reference.Kind keeps() {
            return Reference.Kind.OWN_MAP;
        }

        @Override
        public String what(GuestPage page) {
            return "own page";
        }
    }
}
