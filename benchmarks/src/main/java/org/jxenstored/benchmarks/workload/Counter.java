package org.jxenstored.benchmarks.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.Receiver;
import org.jxenstored.benchmarks.load.Reply;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.load.WrongReplyException;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;
import org.jxenstored.protocol.MessageType;

/** Transactions that read a number and write it back plus one; in the end the number must be that of the commits. */
public final class Counter implements Workload {
    private static final String PATH = "/bench/counter";
    private final RowId row;
    private final int connections;

    private Counter(String name, int connections) {
        this.row = new RowId("Transactions and subtrees", name, Figure.OPERATIONS_PER_SECOND, Goal.NONE);
        this.connections = connections;
    }

    public static List<Workload> all() {
        return List.of(
                new Counter("read-modify-write transactions, no conflict", 1),
                new Counter("read-modify-write transactions, 16 clients on one node", 16));
    }

    @Override
    public List<RowId> rows() {
        return List.of(row);
    }

    @Override
    public boolean onOneCpu() {
        return connections == 1;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        try (Wire control = Wire.connect(site.socket());
                Fleet fleet = Fleet.connect(site.socket(), connections)) {
            control.call(Request.write(PATH, "0"));
            fleet.start();
            Score score = new Score();
            List<Client> clients = new ArrayList<>();
            long begin = System.nanoTime();
            for (Wire wire : fleet.wires()) {
                clients.add(new Client(fleet, score));
                clients.getLast().begin(wire);
            }
            long end = begin + site.nanos();
            while (System.nanoTime() < end) {
                fleet.turn(site.waitMillis(), (number, wire) -> wire.receive(clients.get(number)));
            }
            long nanos = System.nanoTime() - begin;
            long inTime = score.commits;
            score.goesOn = false;
            while (fleet.wires().stream().anyMatch(wire -> wire.outstanding() > 0)) {
                fleet.turn(site.waitMillis(), (number, wire) -> wire.receive(clients.get(number)));
            }
            control.call(Request.read(PATH, Long.toString(score.commits)));
            control.call(Request.remove("/bench"));
            String note = connections == 1
                    ? ""
                    : String.format("%.1f EAGAIN a commit", score.again / (double) Math.max(1, inTime));
            output.add(row, inTime * 1e9 / nanos, score.latencies, note);
        }
    }

    private static final class Score {
        private final Histogram latencies = Load.histogram();
        private long commits;
        private long again;
        private boolean goesOn = true;
    }

    /** One client: begin, read, write, commit, and once more. */
    private static final class Client implements Receiver {
        private static final Request BEGIN = Request.begin();
        private static final Request READ = Request.any(MessageType.READ, PATH);
        private static final Request COMMIT = Request.commit();

        private final Fleet fleet;
        private final Score score;
        private int transaction;
        private long begun;

        Client(Fleet fleet, Score score) {
            this.fleet = fleet;
            this.score = score;
        }

        void begin(Wire wire) throws IOException {
            begun = System.nanoTime();
            again(wire);
        }

        private void again(Wire wire) throws IOException {
            transaction = 0;
            send(wire, BEGIN);
        }

        private void send(Wire wire, Request request) throws IOException {
            wire.post(request, transaction, System.nanoTime());
            fleet.flush(wire);
        }

        @Override
        public void replied(Wire wire, Request request, long due, long now, Reply reply) throws IOException {
            if (reply.isOf(MessageType.TRANSACTION_START)) {
                transaction = reply.number();
                send(wire, READ);
            } else if (reply.isOf(MessageType.READ)) {
                long value = Long.parseLong(new String(reply.payload(), ISO_8859_1));
                send(wire, Request.write(PATH, Long.toString(value + 1)));
            } else if (reply.isOf(MessageType.WRITE)) {
                send(wire, COMMIT);
            } else if (reply.isOf(MessageType.TRANSACTION_END)) {
                score.commits++;
                Load.record(score.latencies, now - begun);
                if (score.goesOn) {
                    begin(wire);
                }
            } else if (reply.isError("EAGAIN")) {
                score.again++;
                if (score.goesOn) {
                    again(wire);
                }
            } else {
                throw new WrongReplyException("reply to " + request + ": " + reply);
            }
        }
    }
}
