package org.jxenstored.sim.command;

import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code list}: all domains, or one. */
final class ListDomains implements Subcommand {
    private static final String FROM = "--from";

    @Override
    public String word() {
        return "list";
    }

    @Override
    public String arguments() {
        return "[NAME|ID] [--from ID]";
    }

    @Override
    public String summary() {
        return "show domains like xl list";
    }

    @Override
    public List<String> options() {
        return List.of(FROM + "=");
    }

    /** Changes nothing: without a toolstack there are no guests with names. */
    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, BadUsageException {
        if (words.operands().size() > 1) {
            throw new BadUsageException("at most one NAME or ID is possible");
        }
        Optional<Toolstack> toolstack = dom0.isStarted() ? Optional.of(dom0.toolstack()) : Optional.empty();
        int from = words.number(FROM, 0, Domid.FIRST_RESERVED - 1).orElse(0);
        List<SimDomain> domains = words.operands().isEmpty()
                ? dom0.host().list()
                : List.of(find(dom0, toolstack, words.operands().getFirst()));
        return DomainList.of(
                domains.stream().filter(domain -> domain.domid() >= from).toList(),
                domain -> toolstack.isPresent() ? toolstack.get().nameOf(domain) : Toolstack.nameWithoutStore(domain));
    }

    private static SimDomain find(Dom0 dom0, Optional<Toolstack> toolstack, String nameOrDomid)
            throws ToolstackException {
        Optional<SimDomain> found = toolstack.isPresent()
                ? toolstack.get().find(nameOrDomid)
                : dom0.host().list().stream()
                        .filter(domain -> nameOrDomid.equals(Integer.toString(domain.domid()))
                                || Toolstack.nameWithoutStore(domain).equals(Optional.of(nameOrDomid)))
                        .findFirst();
        return found.orElseThrow(
                () -> new ToolstackException(Errno.ENOENT, "there is no domain '" + nameOrDomid + "'"));
    }
}
