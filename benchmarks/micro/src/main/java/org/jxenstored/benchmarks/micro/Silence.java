package org.jxenstored.benchmarks.micro;

import java.util.function.Supplier;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.EngineTrace;
import org.jxenstored.protocol.Message;

/** Hears nothing, as the daemon does without a trace file; but a benchmark that meets a defect fails. */
final class Silence implements EngineTrace {
    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public void created(Kind kind, String id) {}

    @Override
    public void destroyed(Kind kind, String id) {}

    @Override
    public void received(Connection connection, Message request) {}

    @Override
    public void sends(Connection connection) {}

    @Override
    public void sent(Connection connection, Message message, Progress progress) {}

    @Override
    public void stored(String action, String key, int size) {}

    @Override
    public void accounted(int domid, String what, long before, long change, boolean locally) {}

    @Override
    public void charged(int domid, long credit, long reserve) {}

    @Override
    public void note(Supplier<String> text) {}

    @Override
    public void warn(String text) {}

    @Override
    public void defect(String doing, Throwable cause) {
        throw new AssertionError("a defect while " + doing, cause);
    }
}
