// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import io.github.grokvideo.component.camel.observe.jobs.Prompts;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobKeyConflictException;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits the order of a form, and says which job it has become. */
final class FormSubmit {

    private static final Logger LOG = LoggerFactory.getLogger(FormSubmit.class);
    /** Long enough for most gateways to accept or refuse; a job that waits longer is watched on its page. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VideoEngine engine;

    FormSubmit(VideoEngine engine) {
        this.engine = engine;
    }

    /**
     * The store keeps an id unique, whichever account pays and whichever node submits, but a key unique within one account only.
     *
     * @param  key of a form
     * @return     the id of its job, always the same
     */
    static String jobId(String key) {
        return UUID.nameUUIDFromBytes(("grokvideo:console:" + key).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * @param  order   with the id and key of the form
     * @param  earlier the job that the form started from; null = none
     * @param  ended   runs once, when the images are no longer needed
     * @return         for the page: the job, or why there is none
     * @throws InvalidRequestException if it breaks a rule: nothing was sent
     * @throws RuntimeException        if it is not known whether the form has made a job
     */
    Map<String, Object> submit(VideoOrder order, VideoJob earlier, Runnable ended) {
        CompletableFuture<VideoJob> submit = engine.submit(order).whenComplete((job, failure) -> ended.run());
        try {
            return SubmitView.made(JmxCall.await("The submit", submit, PATIENCE, () -> late(order)).id());
        } catch (GrokVideoException e) {
            return failed(order, earlier, e);
        }
    }

    private VideoJob late(VideoOrder order) {
        return known(order).orElseThrow(
                () -> new IllegalStateException("The job store has not answered for " + PATIENCE.toSeconds() + " s"));
    }

    private Map<String, Object> failed(VideoOrder order, VideoJob earlier, GrokVideoException failure) {
        if (failure instanceof InvalidRequestException invalid && !invalid.getViolations().isEmpty()) {
            throw failure;
        }
        if (failure instanceof JobKeyConflictException conflict) {
            return SubmitView.already(conflict.getJobId());
        }
        Optional<VideoJob> made = known(order);
        if (made.isPresent()) {
            // Its page says what became of it.
            return SubmitView.made(made.get().id());
        }
        LOG.debug("The console's job {} was not made", order.jobId(), failure);
        String message = earlier == null ? failure.getMessage() : Prompts.masked(earlier, failure.getMessage());
        if (failure.getCharged() != Charged.NO || failure instanceof StoreUnavailableException
                || failure instanceof WaitTimeoutException) {
            throw new IllegalStateException(message);
        }
        return SubmitView.refused(message);
    }

    /** @return the job that the form has made; empty = there is none, or it was rejected, and the form may make another */
    private Optional<VideoJob> known(VideoOrder order) {
        return engine.find(order.jobId()).filter(job -> job.state() != JobState.REJECTED);
    }
}
