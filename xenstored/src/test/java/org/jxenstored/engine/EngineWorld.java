package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.RingHost.Attachment;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * An engine with a hypervisor, rings, sockets and a clock that a test moves itself. After each test all that
 * the engine counts is counted again.
 */
public abstract class EngineWorld {
    protected final FakeDomainStates hypervisor;
    protected final RecordingTrace trace = new RecordingTrace();
    private final Map<Integer, Guest> attached = new HashMap<>();
    private final List<Client> clients = new ArrayList<>();
    private final Set<Integer> unmappable = new HashSet<>();
    private Runnable whenAttaching = () -> {};
    protected long now = 1_000_000;
    protected final Engine engine;
    protected final Client dom0;

    /** An ordinary host. */
    protected EngineWorld() {
        this(EngineConfig.DEFAULT, new FakeDomainStates());
    }

    /** A host of some other kind. */
    protected EngineWorld(EngineConfig config, FakeDomainStates hypervisor) {
        this.hypervisor = hypervisor;
        engine = new Engine(config, hypervisor, this::attach, () -> now, trace);
        dom0 = socket();
    }

    private Attachment attach(int domid, long gfn, int port) {
        whenAttaching.run();
        if (unmappable.contains(domid) || hypervisor.list().stream().noneMatch(state -> state.domid() == domid)) {
            return new Attachment.Refused(Errno.EINVAL, "no such page");
        }
        Guest guest = new Guest(domid);
        attached.put(domid, guest);
        return new Attachment.Attached(guest);
    }

    @BeforeEach
    void nothingIsWrongAtTheStart() {
        assertThat(new ConsistencyCheck(engine).findings()).isEmpty();
    }

    @AfterEach
    final void everythingCountedIsRight() {
        assertThat(new ConsistencyCheck(engine).findings()).isEmpty();
        assertThat(trace.defects).as("defects").isEmpty();
        clients.stream().filter(client -> client.connection != null).forEach(Client::drain);
        engine.domains()
                .all()
                .forEach(
                        domain -> assertThat(domain.gauge(QuotaName.OUTSTANDING).value())
                                .as("outstanding requests of %s once all is sent", domain)
                                .isZero());
    }

    /** A new client on a socket. */
    protected final Client socket() {
        Client client = new Client("socket");
        client.connection = engine.connectSocket(client);
        return client;
    }

    /** A domain that exists, is introduced, and owns its home. */
    protected final Guest guest(int domid) {
        hypervisor.create(domid);
        String home = "/local/domain/" + domid;
        dom0.ok("WRITE", home, "");
        dom0.ok("SET_PERMS", home, "n" + domid);
        return introduce(domid);
    }

    /** Introduces a domain that exists. */
    protected final Guest introduce(int domid) {
        dom0.ok("INTRODUCE", Integer.toString(domid), "77", "5");
        return Objects.requireNonNull(attached.get(domid));
    }

    /** Something that happens whenever INTRODUCE maps a page, before it is mapped. */
    protected final void whenAttaching(Runnable event) {
        whenAttaching = event;
    }

    /** The last ring that was opened for this domain. */
    protected final Guest attachedTo(int domid) {
        return Objects.requireNonNull(attached.get(domid));
    }

    protected final void makeUnmappable(int domid) {
        unmappable.add(domid);
    }

    /** As {@link Client#ask}, for tests in other packages. */
    protected static String ask(Client client, String type, String... arguments) {
        return client.ask(type, arguments);
    }

    /** What dom0 was sent and nobody looked at yet. */
    protected final List<String> replies() {
        return dom0.all();
    }

    protected final List<String> warnings() {
        return trace.warnings;
    }

    /** The defects so far, which are expected then. */
    protected final List<String> takeDefects() {
        List<String> defects = List.copyOf(trace.defects);
        trace.defects.clear();
        return defects;
    }

    /** Tells all watchers of what was changed. */
    protected final void tellAll() {
        while (engine.isBehind()) {
            engine.tellSome();
        }
    }

    /** Lets time pass and does what is due. */
    protected final void pass(long millis) {
        now += millis;
        engine.tick();
    }

    protected final long outstanding(int domid) {
        return Objects.requireNonNull(engine.domains().get(domid))
                .gauge(QuotaName.OUTSTANDING)
                .value();
    }

    /** One end of a connection: sends requests, and reads only when asked to. */
    protected class Client implements Link {
        private final String name;
        private final List<Message> read = new ArrayList<>();
        private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        protected @Nullable Connection connection;
        protected String cutOff = "";
        protected int resumed;
        protected int woken;
        private int transaction;
        private int requests;

        Client(String name) {
            this.name = name;
            clients.add(this);
        }

        public final Connection connection() {
            return Objects.requireNonNull(connection);
        }

        /** Requests from now on belong to this transaction. */
        final Client in(int transactionId) {
            transaction = transactionId;
            return this;
        }

        /** Starts a transaction and stays in it. */
        final int begin() {
            transaction = 0;
            transaction = Integer.parseInt(ask("TRANSACTION_START", ""));
            return transaction;
        }

        /** Ends the transaction and leaves it. */
        final String end(String verdict) {
            String answer = ask("TRANSACTION_END", verdict);
            transaction = 0;
            return answer;
        }

        /** Sends a request of these strings and reads nothing; WRITE's last string has no NUL. */
        final void send(String type, String... arguments) {
            MessageType number = MessageType.valueOf(type);
            String joined = String.join("\0", arguments);
            send(number.number(), number == MessageType.WRITE || arguments.length == 0 ? joined : joined + "\0");
        }

        final void send(int type, String payload) {
            engine.handle(connection(), new Message(type, ++requests, transaction, Value.of(payload)));
        }

        /** Sends a request, reads everything, and returns the reply: its strings, or the error's name. */
        final String ask(String type, String... arguments) {
            send(type, arguments);
            return answer();
        }

        final String ask(int type, String payload) {
            send(type, payload);
            return answer();
        }

        private String answer() {
            drain();
            for (int i = read.size() - 1; i >= 0; i--) {
                if (!isEvent(read.get(i)) && read.get(i).requestId() == requests) {
                    return shown(read.remove(i));
                }
            }
            return "no reply";
        }

        /** Sends a request that must be answered OK. */
        final void ok(String type, String... arguments) {
            assertThat(ask(type, arguments))
                    .as("%s %s", type, List.of(arguments))
                    .isEqualTo("OK");
        }

        /** Reads all that waits. */
        final void drain() {
            tellAll();
            readQueue();
            engine.tick();
        }

        private void readQueue() {
            while (!connection().output().isEmpty()) {
                connection().output().drainTo(bytes);
                split();
            }
        }

        /** Reads this many bytes and leaves the rest. */
        final void readBytes(int count) {
            bytes.limit(bytes.position() + count);
            connection().output().drainTo(bytes);
            bytes.limit(bytes.capacity());
            split();
        }

        private void split() {
            int end = bytes.position();
            int from = 0;
            while (end - from >= Header.SIZE) {
                Header header = Header.read(bytes.slice(from, Header.SIZE));
                if (end - from < Header.SIZE + header.length()) {
                    break;
                }
                Value payload = Value.copyOf(bytes.array(), from + Header.SIZE, header.length());
                read.add(new Message(header.type(), header.requestId(), header.transactionId(), payload));
                from += Header.SIZE + header.length();
            }
            bytes.limit(end).position(from).compact();
        }

        /** Reads everything, and takes the events out, as {@code path token}. */
        final List<String> events() {
            drain();
            return takeEvents();
        }

        /** As {@link #events}, but only of those that wait in the queue now. */
        final List<String> eventsInQueue() {
            readQueue();
            return takeEvents();
        }

        private List<String> takeEvents() {
            List<String> events =
                    read.stream().filter(Client::isEvent).map(Client::shown).toList();
            read.removeIf(Client::isEvent);
            return events;
        }

        /** Reads everything, and takes out events and replies as {@code TYPE strings}. */
        final List<String> all() {
            drain();
            List<String> all = read.stream()
                    .map(each -> MessageType.of(each.type()).orElseThrow() + " " + shown(each))
                    .toList();
            read.clear();
            return all;
        }

        private static boolean isEvent(Message message) {
            return message.isOfType(MessageType.WATCH_EVENT);
        }

        private static String shown(Message message) {
            String text = message.payload().text();
            return (text.endsWith("\0") ? text.substring(0, text.length() - 1) : text).replace('\0', ' ');
        }

        @Override
        public void wake() {
            woken++;
        }

        @Override
        public void resume() {
            resumed++;
        }

        @Override
        public void cutOff(String reason) {
            cutOff = reason;
        }

        @Override
        public String describe() {
            return name;
        }
    }

    /** A guest's ring. */
    protected final class Guest extends Client implements RingLink {
        final int domid;
        final List<String> deeds = new ArrayList<>();

        /** What a look at the domain's page of now finds (L-RACE-6). */
        boolean pageIsTheSame = true;

        /** What goes wrong when the page is unmapped. */
        Runnable whenClosed = () -> {};

        Guest(int domid) {
            super("ring of domain " + domid);
            this.domid = domid;
        }

        /** True if the engine would take its next request. */
        boolean isAdmitted(MessageType type) {
            return engine.admits(connection(), type.number());
        }

        @Override
        public void start(Connection started) {
            connection = started;
        }

        @Override
        public void announceFeatures(int features) {
            deeds.add("features " + features);
        }

        @Override
        public boolean remap(long gfn) {
            deeds.add("remap " + gfn);
            return pageIsTheSame;
        }

        @Override
        public void rebind(int remotePort) {
            deeds.add("rebind " + remotePort);
        }

        @Override
        public void restart() {
            deeds.add("restart");
        }

        @Override
        public void acknowledgeReconnect() {
            deeds.add("acknowledge");
        }

        @Override
        public void announceService() {
            deeds.add("signal");
        }

        @Override
        public void nudge() {
            deeds.add("nudge");
        }

        @Override
        public void announceError(int error) {
            deeds.add("error " + error);
        }

        @Override
        public void close() {
            deeds.add("close");
            whenClosed.run();
        }
    }
}
