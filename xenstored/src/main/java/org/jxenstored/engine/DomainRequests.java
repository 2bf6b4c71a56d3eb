package org.jxenstored.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Numbers;

/** INTRODUCE, RELEASE, RESUME, SET_TARGET, GET_DOMAIN_PATH, IS_DOMAIN_INTRODUCED (protocol.md 6.4). */
final class DomainRequests {
    private final EngineConfig config;
    private final Domains domains;
    private final Connections connections;
    private final DomainLife life;

    DomainRequests(EngineConfig config, Domains domains, Connections connections, DomainLife life) {
        this.config = config;
        this.domains = domains;
        this.connections = connections;
        this.life = life;
    }

    Map<MessageType, Operation> operations() {
        Map<MessageType, Operation> operations = new EnumMap<>(MessageType.class);
        operations.put(MessageType.INTRODUCE, this::introduce);
        operations.put(MessageType.RELEASE, call -> onIntroduced(call, this::release));
        operations.put(MessageType.RESUME, call -> onIntroduced(call, this::resume));
        operations.put(MessageType.SET_TARGET, this::setTarget);
        operations.put(MessageType.GET_DOMAIN_PATH, DomainRequests::domainPath);
        operations.put(MessageType.IS_DOMAIN_INTRODUCED, this::isIntroduced);
        return operations;
    }

    private boolean isHost(int domid) {
        return domid == config.privDomid() || domid == config.storeDomid();
    }

    private Reply introduce(Call call) {
        List<String> arguments = call.arguments();
        if (arguments.size() < 3) {
            return Reply.failed(Errno.EINVAL);
        }
        OptionalInt domid = Domid.parse(arguments.getFirst());
        OptionalInt port = Numbers.decimalInt(arguments.get(2), Integer.MAX_VALUE);
        if (domid.isEmpty() || port.isEmpty() || port.getAsInt() == 0 || !FrameNumber.isLegal(arguments.get(1))) {
            return Reply.failed(Errno.EINVAL);
        }
        // dom0's kernel is introduced once, by hand, where the store runs in a domain of its own.
        boolean mayIntroduceHost = isHost(domid.getAsInt())
                && config.privDomid() != config.storeDomid()
                && domid.getAsInt() == config.privDomid()
                && connections.ringOf(domid.getAsInt()) == null;
        if (isHost(domid.getAsInt()) && !mayIntroduceHost) {
            return Reply.failed(Errno.EINVAL);
        }
        return life.introduce(domid.getAsInt(), FrameNumber.of(arguments.get(1)), port.getAsInt());
    }

    /** P-REL-1 to P-REL-3, the checks RELEASE and RESUME share. */
    private Reply onIntroduced(Call call, Function<Domain, Reply> action) {
        OptionalInt domid = call.argument().map(Domid::parse).orElse(OptionalInt.empty());
        if (domid.isEmpty() || isHost(domid.getAsInt())) {
            return Reply.failed(Errno.EINVAL);
        }
        @Nullable Domain domain = domains.get(domid.getAsInt());
        return domain == null || !domain.isIntroduced() ? Reply.failed(Errno.ENOENT) : action.apply(domain);
    }

    private Reply release(Domain domain) {
        life.release(domain);
        return Reply.OK;
    }

    /** The state is read again at once, so that a shutdown just before is not missed (P-RESUME-2). */
    private Reply resume(Domain domain) {
        domain.setShutdownReported(false);
        life.examine(domain);
        return Reply.OK;
    }

    private Reply setTarget(Call call) {
        List<String> arguments = call.arguments();
        if (arguments.size() < 2) {
            return Reply.failed(Errno.EINVAL);
        }
        OptionalInt domid = Domid.parse(arguments.getFirst());
        OptionalInt target = Domid.parse(arguments.get(1));
        if (domid.isEmpty() || target.isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        life.verifyIdentity(domid.getAsInt());
        life.verifyIdentity(target.getAsInt());
        @Nullable Domain domain = domains.get(domid.getAsInt());
        @Nullable Domain other = domains.get(target.getAsInt());
        if (domain == null || other == null || !domain.isIntroduced() || !other.isIntroduced()) {
            return Reply.failed(Errno.ENOENT);
        }
        domains.setTarget(domain, other.domid());
        return Reply.OK;
    }

    private static Reply domainPath(Call call) {
        OptionalInt domid = call.argument().map(Domid::parse).orElse(OptionalInt.empty());
        return domid.isEmpty() ? Reply.failed(Errno.EINVAL) : Reply.text(NodePath.homeOf(domid.getAsInt()));
    }

    private Reply isIntroduced(Call call) {
        OptionalInt given = call.argument().map(Domid::parse).orElse(OptionalInt.empty());
        if (given.isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        life.verifyIdentity(given.getAsInt());
        @Nullable Domain domain = domains.get(given.getAsInt());
        boolean introduced = given.getAsInt() == Domid.SELF || (domain != null && domain.isIntroduced());
        return Reply.text(introduced ? "T" : "F");
    }
}
