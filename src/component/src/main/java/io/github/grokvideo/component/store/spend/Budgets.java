// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.job.VideoJob;

/** All budgets of an engine. Engines on one store must have the same ones. Immutable. */
public final class Budgets {

    /** No budgets. */
    public static final Budgets NONE = new Budgets(List.of(), ZoneOffset.UTC);

    private final List<Budget> all;
    private final List<Budget> counted;
    private final ZoneId zone;

    /**
     * @param  all  at most one for each name
     * @param  zone of the hours, days and months
     * @throws IllegalArgumentException if two have the same name
     */
    public Budgets(List<Budget> all, ZoneId zone) {
        this.all = List.copyOf(all);
        this.counted = all.stream().filter(budget -> !budget.isOfJob()).toList();
        this.zone = Objects.requireNonNull(zone, "zone");
        Set<String> names = new HashSet<>();
        for (Budget budget : all) {
            if (!names.add(budget.name())) {
                throw new IllegalArgumentException("There are two budgets " + budget.name());
            }
        }
    }

    /** @return the budgets as configured */
    public List<Budget> all() {
        return all;
    }

    /** @return those that limit the jobs of a period together, so that their use is counted */
    public List<Budget> counted() {
        return counted;
    }

    /** @return of the hours, days and months */
    public ZoneId zone() {
        return zone;
    }

    /**
     * Finds a budget that is counted by its name; of one for each tag, that of the tag.
     *
     * @param  name as {@link Budget#name()}
     * @return      empty = there is no such budget
     */
    public Optional<Budget> named(String name) {
        return counted.stream().filter(budget -> budget.name().equals(name)).findFirst().or(() -> Budget.tagOf(name).flatMap(
                tag -> counted.stream().filter(budget -> Budget.EACH.equals(budget.of()) && name.endsWith("/" + budget.period().text()))
                        .findFirst().map(budget -> new Budget(budget.scope(), tag, budget.period(), budget.limit()))));
    }

    /**
     * The budgets that limit a job. One for a certain tag replaces the one for each tag with the same period.
     *
     * @param  account the job's account
     * @param  tag     its tag; null = none
     * @return         in any order
     */
    public List<Budget> of(String account, String tag) {
        return all.stream().filter(budget -> budget.appliesTo(account, tag) && !isReplaced(budget, tag)).toList();
    }

    private boolean isReplaced(Budget budget, String tag) {
        return Budget.EACH.equals(budget.of()) && all.stream().anyMatch(
                other -> other.scope() == Budget.Scope.TAG && other.period() == budget.period() && tag.equals(other.of()));
    }

    /**
     * The periods that a job's charge counts in.
     *
     * @param  job any job; one without a charge, such as an adopted task whose cost the gateway does not report, counts in none
     * @return     by name: all nodes lock them in the same order
     */
    public List<BudgetWindow> windows(VideoJob job) {
        JobCharge charge = job.details().charge();
        return counted.isEmpty() || charge == null ? List.of() : windows(job.account(), job.tag(), charge.at());
    }

    /**
     * The periods that a job counts in if it is submitted at a time.
     *
     * @param  account the job's account
     * @param  tag     its tag; null = none
     * @param  at      the time
     * @return         by name
     */
    public List<BudgetWindow> windows(String account, String tag, Instant at) {
        return of(account, tag).stream().filter(budget -> !budget.isOfJob())
                .map(budget -> budget.window(tag, at, zone))
                .sorted(Comparator.comparing(BudgetWindow::name)).toList();
    }

    /**
     * The current periods of the budgets that are counted.
     *
     * @param  used names of budgets that were used in periods that are not over: of those for each tag, only these are wanted
     * @param  now  the time
     * @return      by name
     */
    public List<BudgetWindow> current(Collection<String> used, Instant now) {
        Map<String, BudgetWindow> windows = new TreeMap<>();
        Stream.concat(counted.stream().filter(budget -> !Budget.EACH.equals(budget.of())), used.stream().flatMap(
                name -> named(name).stream())).forEach(budget -> windows.put(budget.name(), budget.window(null, now, zone)));
        return List.copyOf(windows.values());
    }
}
