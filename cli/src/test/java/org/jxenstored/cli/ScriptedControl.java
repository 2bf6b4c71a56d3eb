package org.jxenstored.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** A server that knows CONTROL only, and gives prepared answers; the last one for ever. */
final class ScriptedControl implements Store {
    /** The words of each command, and the number of bytes after them. */
    final List<String> commands = new ArrayList<>();

    /** All bytes that came after words. */
    final StringBuilder bytes = new StringBuilder();

    boolean isInStubdom;

    private final Deque<Object> answers = new ArrayDeque<>();

    /** Answers: a reply's text, or an {@link Errno}. */
    ScriptedControl(Object... answers) {
        this.answers.addAll(List.of(answers));
    }

    @Override
    public String control(List<String> words, Value data) throws StoreException {
        commands.add(String.join(" ", words) + (data.isEmpty() ? "" : " +" + data.size()));
        bytes.append(data.text());
        Object answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        if (answer instanceof Errno errno) {
            throw FakeStore.error(errno);
        }
        return answer.toString();
    }

    @Override
    public Value read(String path) throws StoreException {
        if (isInStubdom && path.equals("/tool/xenstored/domid")) {
            return Value.of("17");
        }
        throw FakeStore.error(Errno.ENOENT);
    }

    @Override
    public void write(String path, Value value) {
        throw new AssertionError("write");
    }

    @Override
    public void remove(String path) {
        throw new AssertionError("remove");
    }

    @Override
    public List<String> directory(String path) {
        throw new AssertionError("directory");
    }

    @Override
    public List<Permission> permissions(String path) {
        throw new AssertionError("permissions");
    }

    @Override
    public void setPermissions(String path, List<Permission> permissions) {
        throw new AssertionError("setPermissions");
    }

    @Override
    public Transaction transaction() {
        throw new AssertionError("transaction");
    }

    @Override
    public void watch(String path) {
        throw new AssertionError("watch");
    }

    @Override
    public void watch(String path, int depth) {
        throw new AssertionError("watch");
    }

    @Override
    public String nextEvent() {
        throw new AssertionError("nextEvent");
    }

    @Override
    public void close() {}
}
