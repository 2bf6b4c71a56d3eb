package org.jxenstored.control;

import java.util.List;
import java.util.function.Consumer;
import org.jxenstored.engine.Reply;

/** One command of CONTROL. */
public interface ControlCommand {
    /** The first string of the payload. */
    String name();

    /** The arguments in a form for people. */
    String usage();

    /**
     * Runs it.
     *
     * @param arguments the strings after the name
     * @param later takes the reply if this returns {@link Reply.Later}
     */
    Reply run(List<String> arguments, Consumer<Reply> later);
}
