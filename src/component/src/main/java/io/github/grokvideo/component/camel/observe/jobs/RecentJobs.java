// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.job.VideoJob;

/** The most recently changed jobs of this node. Thread-safe. */
public final class RecentJobs implements JobObserver {

    private static final int MAX = 50;

    private final ReentrantLock lock = new ReentrantLock();
    /** Most recently changed last. */
    private final Map<String, VideoJob> jobs = new LinkedHashMap<>();

    @Override
    public void onChange(JobChange change) {
        lock.lock();
        try {
            jobs.remove(change.after().id());
            jobs.put(change.after().id(), change.after());
            if (jobs.size() > MAX) {
                jobs.remove(jobs.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return the jobs, most recently changed first */
    public List<VideoJob> list() {
        lock.lock();
        try {
            List<VideoJob> list = new ArrayList<>(jobs.values());
            Collections.reverse(list);
            return list;
        } finally {
            lock.unlock();
        }
    }
}
