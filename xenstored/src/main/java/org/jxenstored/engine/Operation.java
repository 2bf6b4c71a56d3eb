package org.jxenstored.engine;

/** An operation on connections, watches, transactions, domains or the daemon itself; one class each. */
@FunctionalInterface
public interface Operation {
    Reply run(Call call);
}
