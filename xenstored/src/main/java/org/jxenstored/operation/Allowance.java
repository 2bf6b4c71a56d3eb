package org.jxenstored.operation;

/** What a caller's quotas still permit (semantics.md 7.1). All methods tell, none books. */
public interface Allowance {

    /** Another {@code count} nodes of the caller's own. */
    boolean permitsNodes(int count);

    /** Another {@code bytes} of nodes owned by this domain; never asked for less than one. */
    boolean permitsMemory(int owner, long bytes);

    /** A node of this size. */
    boolean permitsNodeSize(int size);

    /** A permission list of this many entries. */
    boolean permitsPermissions(int count);

    /** A path of this length, see {@link org.jxenstored.protocol.NodePath#lengthBelowHome}. */
    boolean permitsPath(int length);

    /** For the control domain and sockets: no limits. */
    Allowance UNLIMITED = new Allowance() {
        @Override
        public boolean permitsNodes(int count) {
            return true;
        }

        @Override
        public boolean permitsMemory(int owner, long bytes) {
            return true;
        }

        @Override
        public boolean permitsNodeSize(int size) {
            return true;
        }

        @Override
        public boolean permitsPermissions(int count) {
            return true;
        }

        @Override
        public boolean permitsPath(int length) {
            return true;
        }
    };
}
