package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.provider.PollAnswer;

/** What the status queries of one job have told since this process began to ask. Thread-safe. */
final class PollNotes {

    /** So many useless answers in a row, and for so long, are worth a line in the log. */
    private static final int MANY = 5;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final NotFoundCount notFound = new NotFoundCount();
    private Instant uselessSince;
    private int useless;
    private boolean told;
    private boolean taskSeen;
    private boolean readAgain;
    private volatile String last;

    /** @return whether the answers have been of no use for so long that somebody should know; true once */
    boolean heard(PollAnswer answer, Instant now) {
        lock.lock();
        try {
            last = words(answer);
            if (!(answer instanceof PollAnswer.NotFound)) {
                notFound.reset();
            }
            taskSeen |= answer instanceof PollAnswer.Pending || answer instanceof PollAnswer.Done || answer instanceof PollAnswer.Failed;
            if (isUseful(answer)) {
                useless = 0;
                uselessSince = null;
                return false;
            }
            useless++;
            uselessSince = uselessSince == null ? now : uselessSince;
            boolean tell = !told && useless >= MANY && !uselessSince.plus(LONG).isAfter(now);
            told |= tell;
            return tell;
        } finally {
            lock.unlock();
        }
    }

    /** @return the last answer in a few words, without secrets; null = there was none */
    String last() {
        return last;
    }

    /** Whether the gateway has ever told anything about the task. */
    boolean isTaskSeen() {
        lock.lock();
        try {
            return taskSeen;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The gateway did not know the task, once more.
     *
     * @param  anew another node has heard better since the last time
     * @return      whether the task counts as lost
     */
    boolean isLost(boolean anew, Instant now, Duration longEnough) {
        lock.lock();
        try {
            if (anew) {
                notFound.reset();
            }
            return notFound.again(now, longEnough);
        } finally {
            lock.unlock();
        }
    }

    /** A doubtful end was read. @return whether it was read before */
    boolean readBefore() {
        lock.lock();
        try {
            boolean before = readAgain;
            readAgain = true;
            return before;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isUseful(PollAnswer answer) {
        return answer instanceof PollAnswer.Pending pending ? pending.understood()
                : answer instanceof PollAnswer.Done || answer instanceof PollAnswer.Failed;
    }

    private static String words(PollAnswer answer) {
        if (answer instanceof PollAnswer.Pending pending) {
            String word = pending.word() == null ? pending.understood() ? "it goes on" : "an answer without a status"
                    : "status '" + pending.word() + "'" + (pending.understood() ? "" : ", which nobody knows");
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
