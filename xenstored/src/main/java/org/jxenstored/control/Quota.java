package org.jxenstored.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.Gauge;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Numbers;

/** {@code quota} and {@code quota-soft}: limits, and what domains use of them (P-CTL-9 to P-CTL-13). */
public final class Quota implements ControlCommand {
    private static final int NAME_WIDTH = 17;
    private static final int VALUE_WIDTH = 8;
    private static final long VALUE_MAX = Integer.MAX_VALUE;
    private static final String SOFT_PREFIX = "soft-";

    private final Domains domains;
    private final boolean hard;

    private Quota(Domains domains, boolean hard) {
        this.domains = domains;
        this.hard = hard;
    }

    public static Quota hard(Domains domains) {
        return new Quota(domains, true);
    }

    public static Quota soft(Domains domains) {
        return new Quota(domains, false);
    }

    @Override
    public String name() {
        return hard ? "quota" : "quota-soft";
    }

    @Override
    public String usage() {
        return hard ? "[set <name> <val>|<domid>|max [-r]]" : "[set <name> <val>]";
    }

    @Override
    public Reply run(List<String> arguments, Consumer<Reply> later) {
        if (arguments.isEmpty()) {
            return limits();
        }
        String word = arguments.getFirst();
        if (word.equals("set")) {
            return arguments.size() == 3 ? set(arguments.get(1), arguments.get(2)) : Reply.failed(Errno.EINVAL);
        }
        if (!hard) {
            return Reply.failed(Errno.EINVAL);
        }
        if (word.equals("max")) {
            boolean reset = arguments.size() == 2 && arguments.get(1).equals("-r");
            return arguments.size() == 1 || reset ? maxima(reset) : Reply.failed(Errno.EINVAL);
        }
        return arguments.size() == 1 ? ofDomain(word) : Reply.failed(Errno.EINVAL);
    }

    private List<QuotaName> names() {
        return QuotaName.all().stream().filter(name -> name.isHard() == hard).toList();
    }

    private String shown(QuotaName name) {
        return hard ? name.wireName() : name.wireName().substring(SOFT_PREFIX.length());
    }

    private Reply limits() {
        StringBuilder text = new StringBuilder("Quota settings:\n");
        for (QuotaName name : names()) {
            text.append(Columns.left(shown(name), NAME_WIDTH))
                    .append(": ")
                    .append(Columns.right(domains.globalQuotas().get(name), VALUE_WIDTH))
                    .append(' ')
                    .append(name.description())
                    .append('\n');
        }
        return Reply.text(text.toString());
    }

    private Reply set(String name, String value) {
        Optional<QuotaName> quota = QuotaName.ofWireName(hard ? name : SOFT_PREFIX + name);
        OptionalLong number = Numbers.decimal(value, VALUE_MAX);
        if (quota.isEmpty() || quota.get().isHard() != hard || number.isEmpty() || number.getAsLong() < 1) {
            return Reply.failed(Errno.EINVAL);
        }
        domains.setGlobalQuota(quota.get(), number.getAsLong());
        return Reply.OK;
    }

    /** A text that is no number means domain 0, as it always did (P-CTL-11). */
    private Reply ofDomain(String word) {
        OptionalInt domid = Domid.parse(word);
        @Nullable Domain domain = domains.get(domid.orElse(Domid.DOM0));
        if (domain == null) {
            return Reply.failed(Errno.ENOENT);
        }
        StringBuilder text = new StringBuilder("Domain " + domain.domid() + ":\n");
        for (QuotaName name : names()) {
            Gauge gauge = domain.gauge(name);
            appendUse(text, name, gauge.value(), gauge.peak());
        }
        return Reply.text(text.toString());
    }

    private void appendUse(StringBuilder text, QuotaName name, long value, long peak) {
        text.append(Columns.left(shown(name), NAME_WIDTH))
                .append(": ")
                .append(Columns.right(value, VALUE_WIDTH))
                .append(" (max ")
                .append(Columns.right(peak, VALUE_WIDTH))
                .append(")\n");
    }

    private Reply maxima(boolean reset) {
        StringBuilder text = new StringBuilder("Max. seen values:\n");
        for (QuotaName name : names()) {
            Gauge everybody = domains.everybody(name);
            if (reset) {
                everybody.resetPeak();
            }
            text.append(Columns.left(shown(name), NAME_WIDTH))
                    .append(": ")
                    .append(Columns.right(everybody.peak(), VALUE_WIDTH))
                    .append('\n');
        }
        return Reply.text(text.toString());
    }
}
