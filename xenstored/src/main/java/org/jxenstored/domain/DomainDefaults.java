package org.jxenstored.domain;

import java.util.Map;

/**
 * What a domain starts with when it becomes known.
 *
 * @param quotas the global values of that moment (P-SQ-4)
 * @param features offered if nobody masks them
 * @param everybody the gauges that keep the peaks of all unprivileged domains
 */
record DomainDefaults(Quotas quotas, int features, Map<QuotaName, Gauge> everybody) {}
