// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;

/** Whatever an answer holds, reading it gives a meaning and no exception, and never claims more than a documented answer does. */
record UntrustedAnswers(Reading reading, Set<Integer> statusesWithoutJob) {

    /** Task ids and URLs of documented answers may be long; messages may not. */
    private static final int LONGEST_SHOWN = 9_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NO_CONTENT = 204;
    /** They say nothing about a job. */
    private static final List<String> SILENT = List.of("", "<html>busy</html>", "[]", "{}");
    /** They may be about the call, or about a job. */
    private static final List<String> ERRORS = List.of("{\"error\":{\"code\":\"x\",\"message\":\"y\"}}", "{\"error\":\"y\"}");

    void read(HttpAnswer answer) {
        reading.everywhere(answer).forEach((method, meaning) -> {
            String shown = Reading.shown(meaning);
            assertTrue(shown.length() < LONGEST_SHOWN, () -> method + ": " + shown.length()
                    + " characters of an answer would be shown; shorten them, for example with SafeText.message" + Reading.at(answer));
            assertFalse(shown.contains(HostileAnswers.SECRET), () -> LeakedSecrets.message(method, shown, answer));
        });
    }

    /** The rule that money hangs on: only some statuses prove that nothing was created, and a task id that there is one. */
    void submits() {
        for (int status : HostileAnswers.STATUSES) {
            SILENT.forEach(body -> submitted(new HttpAnswer(status, Map.of(), body)));
            ERRORS.forEach(body -> submitted(new HttpAnswer(status, Map.of(), body)));
        }
    }

    private void submitted(HttpAnswer answer) {
        SubmitAnswer meaning = reading.submitted(answer);
        assertFalse(meaning instanceof SubmitAnswer.Accepted, because("submitted() accepts a job that the answer does not name", answer));
        if (meaning instanceof SubmitAnswer.Rejected rejected) {
            assertTrue(statusesWithoutJob.contains(answer.status()), because("submitted() says Rejected, but a job may have been created:"
                    + " return Unknown, or add the status to statusesWithoutJob() if your gateway documents it", answer));
            assertEquals(Charged.NO, rejected.error().charged(), because("a rejection is not charged", answer));
            assertTrue(!rejected.repeatable() || answer.status() == TOO_MANY_REQUESTS,
                    because("submitted() says that the same call may be repeated", answer));
        } else {
            assertEquals(Charged.UNKNOWN, ((SubmitAnswer.Unknown) meaning).error().charged(),
                    because("whether it was charged is unknown", answer));
        }
    }

    /** A job whose video is being made is ended by an answer about the job only. */
    void otherCalls() {
        for (int status : HostileAnswers.STATUSES) {
            for (String body : SILENT) {
                HttpAnswer answer = new HttpAnswer(status, Map.of(), body);
                for (int step : List.of(0, 1)) {
                    PollAnswer polled = reading.polled(new PollQuery(Reading.TASK_ID, step, false), answer);
                    assertFalse(polled instanceof PollAnswer.Done || polled instanceof PollAnswer.Failed,
                            because("polled() ends the job: " + polled, answer));
                }
                reading.everywhere(answer).values().forEach(meaning -> silent(meaning, answer));
            }
        }
    }

    private static void silent(Object meaning, HttpAnswer answer) {
        assertFalse(meaning instanceof CancelAnswer.Cancelled && answer.status() != NO_CONTENT,
                because("cancelled() ends the job: return Requested, so that the next status query tells", answer));
        assertFalse(meaning instanceof BalanceAnswer.Balance, because("balance() reports what the answer does not say", answer));
        assertFalse(meaning instanceof UploadAnswer.Uploaded || meaning instanceof UploadAnswer.SendTo,
                because("uploaded() reports a file that the answer does not name", answer));
        assertFalse(meaning instanceof Optional<?> id && id.isPresent(),
                because("lookedUp() returns a task id that the answer does not name", answer));
    }

    private static Supplier<String> because(String what, HttpAnswer answer) {
        return () -> what + Reading.at(answer);
    }
}
