// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Ended jobs that no caller waits for, for consumers. Each goes to one consumer on any node, and to another one if that node ends before
 * settling it. Methods write to the store and may block; claims throw {@link io.github.grokvideo.component.error.StoreUnavailableException}
 * if it does not answer, settlements are kept until it does.
 */
public interface JobCompletions {

    /**
     * @param  wanted which jobs the consumer accepts
     * @return        jobs that this node owns until they are settled, the one offered first at the head
     */
    List<VideoJob> claim(Predicate<VideoJob> wanted, int limit);

    /** The consumer has succeeded. If a video was handed out, {@link VideoEngine#settle} afterwards deletes its file. */
    void acknowledge(String jobId);

    /** The consumer has failed: the job is offered again after the delay. */
    void giveBack(String jobId, Duration delay);

    /** The consumer has failed for the last time: the job is not offered again until an operator redelivers it. */
    void rest(String jobId);
}
