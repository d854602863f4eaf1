// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which jobs were warned about: what goes wrong again and again is logged once for each job. Thread-safe. */
public final class WarnedJobs {

    private static final int MOST = 10_000;

    private final Set<String> jobIds = ConcurrentHashMap.newKeySet();

    /**
     * Something goes wrong with a job.
     *
     * @param  jobId id of the job
     * @return       whether to warn
     */
    public boolean isFirst(String jobId) {
        if (jobIds.size() >= MOST) {
            jobIds.clear();
        }
        return jobIds.add(jobId);
    }

    /**
     * It goes well again, or the job is gone.
     *
     * @param jobId id of the job
     */
    public void over(String jobId) {
        jobIds.remove(jobId);
    }
}
