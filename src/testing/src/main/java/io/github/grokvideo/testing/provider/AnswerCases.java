// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;

/** Cases about what a gateway answers. */
record AnswerCases(Reading reading) {

    void submit(Case one) {
        SubmitAnswer answer = reading.submitted(one.answer());
        outcome(one, answer);
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            assertEquals(one.text("taskId"), accepted.taskId(), "taskId");
        } else if (answer instanceof SubmitAnswer.Rejected rejected) {
            assertEquals(one.get("repeatable").asBoolean(false), rejected.repeatable(), "repeatable");
            charged(Charged.NO, rejected.error());
            one.same("retryAfter", rejected.retryAfter());
            one.same(rejected.error());
        } else if (answer instanceof SubmitAnswer.Unknown unknown) {
            assertEquals(ErrorType.SUBMIT_UNKNOWN, unknown.error().type());
            charged(Charged.UNKNOWN, unknown.error());
            one.same(unknown.error());
        }
    }

    void poll(Case one) {
        PollAnswer answer = reading.polled(
                new PollQuery(Reading.TASK_ID, one.get("step").asInt(0), one.get("elsewhere").asBoolean(false)), one.answer());
        outcome(one, answer);
        if (answer instanceof PollAnswer.Pending pending) {
            one.same("running", pending.running());
            one.same("word", pending.word());
            one.same("understood", pending.understood());
            one.same("progress", pending.progress());
            one.same("retryAfter", pending.retryAfter());
        } else if (answer instanceof PollAnswer.Done done) {
            one.same("url", done.url());
            one.same("urlExpiresAt", done.urlExpiresAt());
            one.same("cost", done.cost());
            one.same("model", done.result().answeredModel());
            one.same("fileId", done.result().fileId());
            one.same("publicUrl", done.result().publicUrl());
            one.same("storageError", done.result().storageError());
        } else if (answer instanceof PollAnswer.AskNext next) {
            one.same("next", next.call());
        } else {
            problem(one, answer);
        }
    }

    private static void problem(Case one, PollAnswer answer) {
        if (answer instanceof PollAnswer.Failed failed) {
            one.same("state", failed.state());
            one.same("cost", failed.cost());
            one.same(failed.error());
        } else if (answer instanceof PollAnswer.NoAnswer none) {
            one.same("rateLimited", none.rateLimited());
            one.same("retryAfter", none.retryAfter());
            Case.contained(none.reason(), one.texts("message"));
        } else if (answer instanceof PollAnswer.NotFound missing) {
            one.same(missing.error());
        } else if (answer instanceof PollAnswer.Refused refused) {
            one.same(refused.error());
        }
    }

    void cancel(Case one) {
        CancelAnswer answer = reading.cancelled(one.answer());
        outcome(one, answer);
        if (answer instanceof CancelAnswer.Cancelled cancelled) {
            one.same("charged", cancelled.charged());
            one.same("cost", cancelled.cost());
        } else if (answer instanceof CancelAnswer.Refused refused) {
            one.same(refused.error());
        }
    }

    void upload(Case one) {
        UploadAnswer answer = reading.uploaded(one.answer());
        if (answer instanceof UploadAnswer.Refused refused) {
            assertTrue(one.has("type"), answer::toString);
            charged(Charged.NO, refused.error());
            one.same(refused.error());
        } else if (answer instanceof UploadAnswer.SendTo place) {
            assertEquals(one.text("sendTo"), place.method() + " " + place.url(), "sendTo");
            assertEquals(Media.of(one.text("media")), place.media());
        } else {
            assertEquals(new UploadAnswer.Uploaded(Media.of(one.text("media"))), answer);
        }
    }

    void balance(Case one) {
        BalanceAnswer answer = reading.balance(one.answer());
        if (answer instanceof BalanceAnswer.Balance balance) {
            assertTrue(one.has("remaining"), answer::toString);
            one.same("remaining", balance.remaining());
            one.same("used", balance.used());
        } else {
            assertTrue(one.has("type"), answer::toString);
            one.same(((BalanceAnswer.Refused) answer).error());
        }
    }

    void lookup(Case one) {
        assertEquals(one.text("taskId"), reading.lookedUp(one.answer()).orElse(null), "taskId");
    }

    private static void outcome(Case one, Object answer) {
        assertEquals(one.text("outcome"), answer.getClass().getSimpleName().toLowerCase(Locale.ROOT), answer::toString);
    }

    private static void charged(Charged expected, JobError error) {
        assertEquals(expected, error.charged(), () -> "charged: " + error);
    }
}
