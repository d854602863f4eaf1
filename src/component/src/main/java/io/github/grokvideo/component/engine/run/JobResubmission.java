// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.engine.OrderLabels;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.RequestHash;
import io.github.grokvideo.component.job.VideoJob;

/** Submits a stored request again on behalf of an operator. */
final class JobResubmission {

    private final Accounts accounts;
    private final Function<VideoOrder, CompletableFuture<VideoJob>> submit;

    JobResubmission(Accounts accounts, Function<VideoOrder, CompletableFuture<VideoJob>> submit) {
        this.accounts = accounts;
        this.submit = submit;
    }

    /** Like {@link #isWhole}, for display: reads only the first bytes of local files. */
    boolean seemsWhole(VideoJob job) {
        if (job.request() == null || !LocalMedia.check(job.request()).isEmpty()) {
            return false;
        }
        return job.request().media().values().stream().flatMap(List::stream).anyMatch(Media.LocalFile.class::isInstance)
                || isWhole(job);
    }

    /** Whether the stored request is complete, by its hash: large media are not stored, prompts may not be, and local files may change. */
    boolean isWhole(VideoJob job) {
        try {
            return job.request() != null && RequestHash.of(job.request()).equals(job.requestHash());
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    /** @param jobId id of the job that is created or submitted again */
    CompletableFuture<VideoJob> submit(VideoJob job, String jobId, VideoOrder.SubmitUnknown submitUnknown) {
        AccountLimits limits = accounts.of(job);
        if (limits == null) {
            return refused(job, "Its account '" + job.account() + "' is not known on this node");
        }
        if (!isWhole(job)) {
            return refused(job, "Its stored request is not complete (a prompt that is not stored, large media, or a local file that has"
                    + " changed): send the message again instead");
        }
        return submit.apply(VideoOrder.builder(jobId, limits.account(), job.request()).jobKey(job.jobKey())
                .onFailedKey(VideoOrder.OnFailedKey.RESUBMIT).submitUnknown(submitUnknown).directory(job.directory())
                .name(job.name() == null ? null : job.name().withTaken(null)).urlOnly(job.urlOnly()).waiter(this)
                .priority(job.details().priority())
                .labels(new OrderLabels(job.route(), job.tag(), job.metadata(), true, job.details().unattended())).build());
    }

    private static CompletableFuture<VideoJob> refused(VideoJob job, String why) {
        return CompletableFuture.failedFuture(JobError.of(ErrorType.INVALID_REQUEST, why, Charged.NO)
                .toException(job.id(), job.provider()));
    }
}
