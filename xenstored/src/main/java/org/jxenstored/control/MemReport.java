package org.jxenstored.control;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Errno;

/** {@code memreport}: where the memory is, into a file (P-CTL-7). */
public final class MemReport implements ControlCommand {
    private final Engine engine;
    private final TraceControl trace;
    private final Supplier<String> process;

    /** @param process describes the memory of the whole process, in lines */
    public MemReport(Engine engine, TraceControl trace, Supplier<String> process) {
        this.engine = engine;
        this.trace = trace;
        this.process = process;
    }

    @Override
    public String name() {
        return "memreport";
    }

    @Override
    public String usage() {
        return "[<file>]";
    }

    @Override
    public Reply run(List<String> arguments, Consumer<Reply> later) {
        if (arguments.size() > 1) {
            return Reply.failed(Errno.EINVAL);
        }
        String file = arguments.isEmpty() ? "" : arguments.getFirst();
        return trace.append(file, report()) ? Reply.OK : Reply.failed(Errno.EINVAL);
    }

    private String report() {
        StringBuilder text = new StringBuilder("memory report\n").append(process.get());
        text.append("watches: ").append(engine.watches().all().size()).append('\n');
        text.append("open transactions: ")
                .append(engine.connections().openTransactions())
                .append('\n')
                .append("kept of old trees by guests' transactions: at most ")
                .append(engine.oldTrees().bytes())
                .append(" bytes\n");
        for (Connection connection : engine.connections().all()) {
            text.append("connection ")
                    .append(connection.name())
                    .append(' ')
                    .append(connection)
                    .append(": output ")
                    .append(connection.output().bytes())
                    .append(" bytes\n");
        }
        for (Domain domain : engine.domains().all()) {
            text.append(domain)
                    .append(": ")
                    .append(domain.gauge(QuotaName.NODES).value())
                    .append(" nodes, ")
                    .append(domain.gauge(QuotaName.MEMORY).value())
                    .append(" bytes of store memory\n");
        }
        return text.toString();
    }
}
