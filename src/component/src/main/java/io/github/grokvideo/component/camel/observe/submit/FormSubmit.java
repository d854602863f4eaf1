// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import io.github.grokvideo.component.camel.observe.jobs.Prompts;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobKeyConflictException;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits the order of a form, and says which job it has become. */
final class FormSubmit {

    private static final Logger LOG = LoggerFactory.getLogger(FormSubmit.class);
    /** Long enough for most gateways to accept or refuse; a job that waits longer is watched on its page. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String SEND_AGAIN = ". The form can be sent again: it makes one job only";

    private final VideoEngine engine;

    FormSubmit(VideoEngine engine) {
        this.engine = engine;
    }

    /**
     * @param  order    with the form's key
     * @param  earlier  the job that the form started from; null = none
     * @param  accounts those with which the form may have been sent before
     * @param  ended    called once when the order needs its images no longer
     * @return          with the job's id, for the page
     * @throws InvalidRequestException if it breaks a rule: nothing was sent
     */
    Map<String, Object> submit(VideoOrder order, VideoJob earlier, List<SubmitAccount> accounts, Runnable ended) {
        for (SubmitAccount other : accounts) {
            Optional<VideoJob> made = other.name().equals(order.account().name()) ? Optional.empty() : known(other.name(), order);
            if (made.isPresent()) {
                ended.run();
                throw made(made.get().id());
            }
        }
        CompletableFuture<VideoJob> submit = engine.submit(order).whenComplete((job, failure) -> ended.run());
        try {
            return answer(submit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).id());
        } catch (TimeoutException e) {
            return known(order.account().name(), order).map(job -> answer(job.id())).orElseThrow(() -> new IllegalStateException(
                    "The job store has not answered for " + PATIENCE.toSeconds() + " s"
                            + SEND_AGAIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted" + SEND_AGAIN);
        } catch (ExecutionException e) {
            return failed(order, earlier, e.getCause());
        }
    }

    private Map<String, Object> failed(VideoOrder order, VideoJob earlier, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof InvalidRequestException invalid) {
            throw invalid;
        }
        if (cause instanceof JobKeyConflictException conflict) {
            throw made(conflict.getJobId());
        }
        Optional<VideoJob> made = known(order.account().name(), order);
        if (made.isPresent()) {
            // Its page says what became of it.
            return answer(made.get().id());
        }
        LOG.debug("The console's job {} was not made", order.jobId(), cause);
        String message = String.valueOf(cause.getMessage());
        throw new IllegalStateException(earlier == null ? message : Prompts.masked(earlier, message));
    }

    /** @return the job that the form has made with the account; empty = there is none, or it was rejected, which frees the key */
    private Optional<VideoJob> known(String account, VideoOrder order) {
        return engine.store().findByKey(account, order.jobKey());
    }

    private static IllegalStateException made(String jobId) {
        return new IllegalStateException("This form has already made the job " + jobId
                + " from another request. Nothing was charged now. Open a new form for another video");
    }

    private static Map<String, Object> answer(String jobId) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("job", jobId);
        return answer;
    }
}
