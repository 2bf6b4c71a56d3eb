package org.jxenstored.engine;

import java.util.function.Supplier;
import org.jxenstored.protocol.Message;

/** Where the engine tells what it does; the trace file and the log listen (semantics.md section 13). */
public interface EngineTrace {

    /** A thing of the engine that comes and goes. */
    enum Kind {
        CONNECTION,
        WATCH,
        TRANSACTION
    }

    /** How much of a message went out. */
    enum Progress {
        WHOLE,
        FIRST_PART,
        LAST_PART
    }

    /** False if nobody reads what is only for the trace. */
    boolean isOn();

    /** A thing now exists; the id is only for people. */
    void created(Kind kind, String id);

    void destroyed(Kind kind, String id);

    void received(Connection connection, Message request);

    /** A connection is about to send of what waits for it. */
    void sends(Connection connection);

    void sent(Connection connection, Message message, Progress progress);

    /** The store was asked for, given or rid of a node: {@code read}, {@code store} or {@code delete}. */
    void stored(String action, String key, int size);

    /** A number of a domain changed; {@code locally} as long as only a transaction of its own knows. */
    void accounted(int domid, String what, long before, long change, boolean locally);

    /** The write credit of a domain changed; thousandths of a unit. */
    void charged(int domid, long credit, long reserve);

    /** Something out of the ordinary, for the trace only; asked for if there is one. */
    void note(Supplier<String> text);

    /** Something an operator should know. */
    void warn(String text);

    /** A defect of ours: a request could not be served because of it. */
    void defect(String doing, Throwable cause);
}
