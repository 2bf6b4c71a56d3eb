package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jxenstored.protocol.Message;

/** Keeps what an operator would be told. */
public final class RecordingTrace implements EngineTrace {
    final List<String> warnings = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    public final List<String> defects = new ArrayList<>();

    @Override
    public boolean isOn() {
        return true;
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
    public void note(Supplier<String> text) {
        notes.add(text.get());
    }

    @Override
    public void warn(String text) {
        warnings.add(text);
    }

    @Override
    public void defect(String doing, Throwable cause) {
        defects.add(doing + ": " + cause);
    }
}
