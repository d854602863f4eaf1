// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.component.job.Cost;

/**
 * A sum of the ledger. What is estimated and what is reported are never added.
 *
 * @param group            the values it is for, in the order of the query; a value may be null
 * @param unit             unit of the amounts; null = jobs whose price is unknown
 * @param jobs             jobs that cost or may cost something
 * @param reserved         for jobs whose cost is not known yet, by their estimates
 * @param estimated        spent, as far as the gateways have not reported it
 * @param reported         spent, as reported by the gateways
 * @param reportedEstimate what the jobs with a reported amount were expected to cost; those without an estimate as reported
 */
public record SpendSum(
        Map<SpendQuery.By, String> group, String unit, long jobs, BigDecimal reserved, BigDecimal estimated, BigDecimal reported,
        BigDecimal reportedEstimate) {

    /**
     * @param group            copied
     * @param unit             null = jobs whose price is unknown
     * @param jobs             0 or more
     * @param reserved         never null
     * @param estimated        never null
     * @param reported         never null
     * @param reportedEstimate never null
     */
    public SpendSum {
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    /** @return how much more the gateways have reported than was expected of the same jobs; negative = less */
    public BigDecimal difference() {
        return reported.subtract(reportedEstimate);
    }

    /**
     * @param  other a sum of the same group and unit
     * @return       both together
     */
    public SpendSum plus(SpendSum other) {
        return new SpendSum(group, unit, jobs + other.jobs, reserved.add(other.reserved), estimated.add(other.estimated),
                reported.add(other.reported), reportedEstimate.add(other.reportedEstimate));
    }

    /** @return the sum with the names that are used in JSON and CSV: the groups, unit, jobs and the amounts as plain decimals */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        group.forEach((by, value) -> map.put(by.text(), value));
        map.put("unit", unit);
        map.put("jobs", jobs);
        map.put("reserved", Cost.plain(reserved));
        map.put("spentEstimated", Cost.plain(estimated));
        map.put("spentReported", Cost.plain(reported));
        map.put("reportedMinusEstimate", Cost.plain(difference()));
        return map;
    }
}
