// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Instant;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** What a change of a job means for its charge. Pure: the same change is stored with its charge, or not at all. */
final class JobCharges {

    private JobCharges() {
    }

    /**
     * @param before the job as stored
     * @param after  the job as it will be stored
     * @return       with the charge that belongs to its state
     */
    static VideoJob charged(VideoJob before, VideoJob after, Instant now) {
        JobCharge old = after.details().charge();
        JobCharge charge = charge(before, after, old, now);
        return charge == old ? after : after.with(changes -> changes.details(after.details().withCharge(charge)));
    }

    /** @return with what is still reserved as spent: nobody will learn any more whether it was charged */
    static VideoJob settledUnknown(VideoJob job, Instant now) {
        JobCharge charge = job.details().charge();
        return charge == null || charge.state() != JobCharge.State.OPEN ? job
                : job.with(changes -> changes.details(job.details().withCharge(charge.settled(null, now))));
    }

    private static JobCharge charge(VideoJob before, VideoJob after, JobCharge old, Instant now) {
        if (after.state() == JobState.SUBMITTING && before.state() == JobState.NEW) {
            return JobCharge.reserved(old, after.cost(), now);
        }
        if (before.state() == JobState.UNKNOWN && after.state() == JobState.NEW) {
            // The new submit is one more: the lost one may have been charged. Without room for it, the job stays as it is.
            return JobCharge.reserved(old == null ? null : old.settled(null, now), after.cost(), now);
        }
        if (after.submits() < before.submits()) {
            // It was not sent after all.
            return old == null ? null : old.released(now);
        }
        boolean seenDone = after.state() == JobState.RENDERED && before.state() != JobState.RENDERED;
        if (seenDone && (old != null || before.state().isWaiting())) {
            return settled(old, after, now);
        }
        boolean ends = after.state().isEnded() && after.state() != JobState.UNKNOWN && !after.state().hasVideo();
        if (!ends || before.state() == after.state()) {
            return old;
        }
        if (after.error() != null && after.error().charged() != Charged.NO) {
            return settled(old, after, now);
        }
        return old == null ? null : old.released(now);
    }

    /** A task that was submitted elsewhere has a charge only if the gateway reports one. */
    private static JobCharge settled(JobCharge old, VideoJob job, Instant now) {
        Cost told = job.cost() == null || job.cost().estimated() ? null : job.cost();
        if (old != null) {
            return old.settled(told, now);
        }
        return told == null ? null : JobCharge.reserved(null, null, now).settled(told, now);
    }
}
