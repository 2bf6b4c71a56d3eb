package org.jxenstored.engine;

import java.util.List;
import java.util.Optional;
import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.Quotas;
import org.jxenstored.store.Tree;

/**
 * What an earlier daemon left to be gone on with.
 *
 * @param generation the largest in the tree
 * @param domains those the store knew, by domid
 * @param quotas of new domains, if they were ever changed
 */
public record StoreImage(Tree tree, long generation, List<DomainImage> domains, Optional<Quotas> quotas) {}
