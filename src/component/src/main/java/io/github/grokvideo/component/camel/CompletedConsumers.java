// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.store.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code completed} consumers of a component, started or not. Warns once about jobs that none of them takes. Thread-safe. */
final class CompletedConsumers {

    private static final Logger LOG = LoggerFactory.getLogger(CompletedConsumers.class);
    private static final Set<JobDelivery.State> NOBODY_WAITS = Set.of(
            JobDelivery.State.OFFERED, JobDelivery.State.DETACHED, JobDelivery.State.ORPHANED);
    /** Limits the jobs inspected, since the store may hold very many. */
    private static final int MAX_JOBS = 10_000;
    private static final int MAX_KINDS = 10;
    /** Routes added to a running context are created, and start to poll, one after another. */
    private static final Duration ALL_MADE = Duration.ofSeconds(1);

    private final List<CompletedConsumer> consumers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile long lastAdded = System.nanoTime();

    void add(CompletedConsumer consumer) {
        lastAdded = System.nanoTime();
        consumers.add(consumer);
    }

    void remove(CompletedConsumer consumer) {
        consumers.remove(consumer);
        if (consumers.isEmpty()) {
            warned.set(false);
        }
    }

    /** Checks the store once, on the first call after all consumers have been created. Never throws. */
    void warnOnce(JobStore store) {
        if (System.nanoTime() - lastAdded < ALL_MADE.toNanos() || !warned.compareAndSet(false, true)) {
            return;
        }
        try {
            Map<String, Integer> left = left(consumers.stream().map(CompletedConsumer::filter).toList(), store);
            if (!left.isEmpty()) {
                LOG.warn("{} jobs that no caller is waiting for match no grokvideo:completed of this context: {}. They are kept for"
                        + " keepUndelivered, for consumers on other nodes, and then deleted with their videos. Widen a consumer's"
                        + " status, provider, account or tag, or add a consumer without filters",
                        left.values().stream().mapToInt(Integer::intValue).sum(), described(left));
            }
        } catch (GrokVideoException | IllegalArgumentException later) {
            // The store is unavailable, or a consumer not started yet has a wrong option, which its start reports.
            warned.set(false);
            LOG.debug("Cannot check yet for jobs that no consumer takes", later);
        }
    }

    private static Map<String, Integer> left(List<CompletedFilter> filters, JobStore store) {
        Map<String, Integer> left = new TreeMap<>();
        long total = 1;
        for (int offset = 0; offset < Math.min(total, MAX_JOBS); offset += JobQuery.MAX) {
            JobPage page = store.page(new JobQuery(
                    Set.of(), NOBODY_WAITS, null, null, null, null, JobQuery.Sort.CREATED, false, offset, JobQuery.MAX));
            total = page.total();
            for (VideoJob job : page.jobs()) {
                if (filters.stream().noneMatch(filter -> takes(filter, job))) {
                    left.merge(kind(job), 1, Integer::sum);
                }
            }
        }
        return left;
    }

    /** The end state of an unfinished job is not known yet. */
    private static boolean takes(CompletedFilter filter, VideoJob job) {
        return job.delivery().state() == JobDelivery.State.OFFERED ? filter.test(job) : filter.mayTake(job);
    }

    private static String kind(VideoJob job) {
        return (job.delivery().state() == JobDelivery.State.OFFERED ? job.state().toString() : "not ended") + ", provider "
                + job.provider() + ", account " + job.account() + (job.tag() == null ? ", no tag" : ", tag " + job.tag());
    }

    private static String described(Map<String, Integer> left) {
        String shown = left.entrySet().stream().limit(MAX_KINDS).map(kind -> kind.getValue() + " (" + kind.getKey() + ")")
                .collect(Collectors.joining(", "));
        return left.size() > MAX_KINDS ? shown + " and " + (left.size() - MAX_KINDS) + " more kinds" : shown;
    }
}
