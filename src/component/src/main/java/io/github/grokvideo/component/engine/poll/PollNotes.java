// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.core.NotFoundCount;
import io.github.grokvideo.component.engine.schedule.JobProgress;
import io.github.grokvideo.component.provider.PollAnswer;

/** Notes on one job's status queries since this process began to poll it. Thread-safe. */
public final class PollNotes {

    /** This many useless answers in a row, over at least this long, are worth a log message. */
    private static final int MANY = 5;
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Used by few jobs. */
    private NotFoundCount notFound;
    private Instant uselessSince;
    private int useless;
    private boolean reported;
    private boolean taskSeen;
    private boolean readAgain;
    private volatile String last;
    private volatile JobProgress progress = JobProgress.none();

    /** @return whether the answers have been useless for so long that it should be logged; true once */
    synchronized boolean heard(PollAnswer answer, Instant now) {
        last = words(answer);
        notFound = answer instanceof PollAnswer.NotFound ? notFound : null;
        taskSeen |= answer instanceof PollAnswer.Pending || answer instanceof PollAnswer.Done || answer instanceof PollAnswer.Failed;
        if (isUseful(answer)) {
            useless = 0;
            uselessSince = null;
            return false;
        }
        useless++;
        uselessSince = uselessSince == null ? now : uselessSince;
        boolean report = !reported && useless >= MANY && !uselessSince.plus(LONG).isAfter(now);
        reported |= report;
        return report;
    }

    /** @return the last answer in a few words, without secrets; null = there was none */
    String last() {
        return last;
    }

    /**
     * A query has found the job open.
     *
     * @param  percent 0..100; null = not reported
     * @return         what is known about its progress
     */
    synchronized JobProgress open(Duration age, Integer percent) {
        progress = progress.open(age, percent);
        return progress;
    }

    JobProgress progress() {
        return progress;
    }

    /** Whether the gateway has ever reported a status of the task. */
    synchronized boolean isTaskSeen() {
        return taskSeen;
    }

    /**
     * Counts another answer that the task is unknown.
     *
     * @param  restart whether another node has received a better answer since the last one, so that counting starts over
     * @return      whether the task counts as lost
     */
    public synchronized boolean isLost(boolean restart, Instant now, Duration longEnough) {
        notFound = restart || notFound == null ? new NotFoundCount() : notFound;
        return notFound.again(now, longEnough);
    }

    /**
     * Records a doubtful failure.
     *
     * @return whether there was one before
     */
    synchronized boolean readBefore() {
        boolean before = readAgain;
        readAgain = true;
        return before;
    }

    private static boolean isUseful(PollAnswer answer) {
        return answer instanceof PollAnswer.Pending pending ? pending.understood()
                : answer instanceof PollAnswer.Done || answer instanceof PollAnswer.Failed;
    }

    private static String words(PollAnswer answer) {
        if (answer instanceof PollAnswer.Pending pending) {
            String word = pending.word() == null ? pending.understood() ? "it goes on" : "an answer without a status"
                    : "status '" + pending.word() + "'" + (pending.understood() ? "" : ", which is unknown");
            return word + (pending.progress() == null ? "" : ", " + pending.progress() + " %");
        }
        if (answer instanceof PollAnswer.NoAnswer none) {
            return none.reason();
        }
        if (answer instanceof PollAnswer.NotFound missing) {
            return missing.error().message();
        }
        if (answer instanceof PollAnswer.Refused refused) {
            return refused.error().message();
        }
        return answer instanceof PollAnswer.Failed failed ? failed.error().message() : "it is done";
    }
}
