// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Jobs that have ended and that nobody waits for, for consumers: each goes to one of them, on whichever node, and again to another one
 * should that end before it has settled it. Methods write the store and may block; claims throw
 * {@link io.github.grokvideo.component.error.StoreUnavailableException} when it is away, settlements are kept until it is back.
 */
public interface JobCompletions {

    /**
     * @param  wanted which jobs the consumer takes
     * @return        jobs that are this node's until they are settled, the one offered first first
     */
    List<VideoJob> claim(Predicate<VideoJob> wanted, int limit);

    /** The work has succeeded. A video that was handed out is settled afterwards ({@link VideoEngine#settle}): then its file goes. */
    void acknowledge(String jobId);

    /** The work has failed: the job is offered again after a while. */
    void giveBack(String jobId, Duration delay);

    /** The work has failed for the last time: the job rests until an operator has it delivered again. */
    void rest(String jobId);
}
