package org.jxenstored.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Numbers;

/** GET_FEATURE, SET_FEATURE, GET_QUOTA, SET_QUOTA (protocol.md 6.5). */
final class QuotaRequests {
    /** The largest value; the next one would be the mark of "no value" (P-SQ-2). */
    private static final long VALUE_MAX = 0xffff_fffeL;

    private final Domains domains;
    private final DomainLife life;

    QuotaRequests(Domains domains, DomainLife life) {
        this.domains = domains;
        this.life = life;
    }

    Map<MessageType, Operation> operations() {
        Map<MessageType, Operation> operations = new EnumMap<>(MessageType.class);
        operations.put(MessageType.GET_FEATURE, this::getFeature);
        operations.put(MessageType.SET_FEATURE, this::setFeature);
        operations.put(MessageType.GET_QUOTA, this::getQuota);
        operations.put(MessageType.SET_QUOTA, this::setQuota);
        return operations;
    }

    private Reply getFeature(Call call) {
        List<String> arguments = call.arguments();
        if (arguments.isEmpty()) {
            return Reply.text(Integer.toString(call.caller().features()));
        }
        if (!call.caller().isPrivileged()) {
            return Reply.failed(Errno.EACCES);
        }
        OptionalInt domid = Domid.parse(arguments.getFirst());
        if (arguments.size() > 1 || domid.isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        life.verifyIdentity(domid.getAsInt());
        if (!domains.exists(domid.getAsInt())) {
            return Reply.failed(Errno.ENOENT);
        }
        @Nullable Domain domain = domains.get(domid.getAsInt());
        return Reply.text(Integer.toString(domain == null ? Feature.ALL : domain.features()));
    }

    private Reply setFeature(Call call) {
        List<String> arguments = call.arguments();
        OptionalInt domid = arguments.size() == 2 ? Domid.parse(arguments.getFirst()) : OptionalInt.empty();
        if (domid.isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        life.verifyIdentity(domid.getAsInt());
        if (!domains.lives(domid.getAsInt())) {
            return Reply.failed(Errno.ENOENT);
        }
        @Nullable Domain present = domains.get(domid.getAsInt());
        if (present != null && present.isIntroduced()) {
            return Reply.failed(Errno.EBUSY);
        }
        OptionalInt mask = Numbers.decimalInt(arguments.getLast(), Feature.ALL);
        if (mask.isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        domains.know(domid.getAsInt()).setFeatures(mask.getAsInt());
        return Reply.OK;
    }

    private Reply getQuota(Call call) {
        List<String> arguments = call.arguments();
        return switch (arguments.size()) {
            case 0 ->
                Reply.text(QuotaName.all().stream().map(QuotaName::wireName).collect(Collectors.joining(" ")));
            case 1 -> value(arguments.getFirst(), domains.globalQuotas());
            case 2 -> {
                OptionalInt domid = Domid.parse(arguments.getFirst());
                if (domid.isEmpty()) {
                    yield Reply.failed(Errno.EINVAL);
                }
                life.verifyIdentity(domid.getAsInt());
                if (!domains.exists(domid.getAsInt())) {
                    yield Reply.failed(Errno.ENOENT);
                }
                @Nullable Domain domain = domains.get(domid.getAsInt());
                yield value(arguments.getLast(), domain == null ? domains.globalQuotas() : domain.quotas());
            }
            default -> Reply.failed(Errno.EINVAL);
        };
    }

    private static Reply value(String name, Quotas quotas) {
        return QuotaName.ofWireName(name)
                .map(quota -> Reply.text(Long.toString(quotas.get(quota))))
                .orElse(Reply.failed(Errno.EINVAL));
    }

    private Reply setQuota(Call call) {
        List<String> arguments = call.arguments();
        if (arguments.size() != 2 && arguments.size() != 3) {
            return Reply.failed(Errno.EINVAL);
        }
        boolean global = arguments.size() == 2;
        OptionalInt domid = global ? OptionalInt.empty() : Domid.parse(arguments.getFirst());
        if (!global) {
            if (domid.isEmpty()) {
                return Reply.failed(Errno.EINVAL);
            }
            life.verifyIdentity(domid.getAsInt());
            if (!domains.lives(domid.getAsInt())) {
                return Reply.failed(Errno.ENOENT);
            }
        }
        Optional<QuotaName> name = QuotaName.ofWireName(arguments.get(arguments.size() - 2));
        OptionalLong value = Numbers.decimal(arguments.getLast(), VALUE_MAX);
        if (name.isEmpty() || value.isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        if (domid.isPresent()) {
            domains.know(domid.getAsInt()).setQuota(name.get(), value.getAsLong());
        } else {
            domains.setGlobalQuota(name.get(), value.getAsLong());
        }
        return Reply.OK;
    }
}
