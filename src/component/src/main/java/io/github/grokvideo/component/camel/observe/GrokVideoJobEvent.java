// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.SignedUrl;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.CamelContext;

/**
 * A job of this node has changed its state. Any {@link org.apache.camel.spi.EventNotifier} gets it, on an engine thread that must not be
 * blocked; events of one job come in order.
 */
public final class GrokVideoJobEvent extends GrokVideoEvent {

    private static final long serialVersionUID = 1L;

    private final transient VideoJob job;
    private final JobState stateBefore;

    GrokVideoJobEvent(CamelContext source, VideoJob job, JobState stateBefore, long timestamp) {
        super(source, timestamp);
        this.job = withoutSecret(job);
        this.stateBefore = stateBefore;
    }

    /** Notifiers may print or forward events, and the URL is a bearer secret; routes get it with {@code output=url}. */
    private static VideoJob withoutSecret(VideoJob job) {
        return job.url() == null ? job : job.with(changes -> changes.url(SignedUrl.masked(job.url())));
    }

    /** @return the job as it is now, its URL without the query */
    public VideoJob getJob() {
        return job;
    }

    /** @return null = the job is new */
    public JobState getStateBefore() {
        return stateBefore;
    }

    @Override
    public String toString() {
        return "Grok Video job " + job.id() + ": " + (stateBefore == null ? "" : stateBefore + " -> ") + job.state();
    }
}
