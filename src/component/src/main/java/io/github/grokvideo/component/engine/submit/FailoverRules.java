// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobState;

/** Decides when a submit goes on to another account, and to which. Pure. */
public final class FailoverRules {

    /** Characters of a message that are stored with the next job, whose row is limited. */
    private static final int LONGEST_STORED = 500;

    private FailoverRules() {
    }

    /** What one account answered, as a value and as the exception of that attempt. */
    public record Refusal(JobError.Attempt attempt, GrokVideoException failure) {
    }

    /**
     * Whether the attempt certainly created nothing and cost nothing, for a reason that need not hold for another account.
     *
     * @param state state of the job that failed; null = none was stored
     */
    public static boolean isFree(JobError error, JobState state) {
        return error.charged() == Charged.NO && (state == null || state == JobState.REJECTED) && switch (error.type()) {
            case INSUFFICIENT_CREDIT, RATE_LIMITED, SPEND_LIMIT, SUBMIT_REJECTED, AUTHENTICATION, INVALID_REQUEST, UNSUPPORTED -> true;
            default -> false;
        };
    }

    /**
     * Whether an earlier POST of a known job may have created something, even if a later one is refused.
     *
     * @param state state of the job before the attempt
     */
    public static boolean isInDoubt(JobState state, VideoOrder.SubmitUnknown submitUnknown) {
        return state == JobState.UNKNOWN || state == JobState.SUBMITTING && submitUnknown == VideoOrder.SubmitUnknown.RESUBMIT;
    }

    /** Whether the job was taken back before it was sent. */
    public static boolean isWithdrawn(JobError error) {
        return error.type() == ErrorType.DETACHED && error.charged() == Charged.NO && error.retryable();
    }

    /** @return the first account that was not tried; empty = all were */
    public static Optional<VideoAccount> next(List<VideoAccount> accounts, List<JobError.Attempt> attempts) {
        return accounts.stream().filter(account -> attempts.stream().noneMatch(done -> done.account().equals(account.name())))
                .findFirst();
    }

    public static Optional<VideoAccount> named(List<VideoAccount> accounts, String name) {
        return accounts.stream().filter(account -> account.name().equals(name)).findFirst();
    }

    /** @return the error as it is kept with the next job */
    public static JobError stored(JobError error) {
        return error.message().length() <= LONGEST_STORED ? error
                : error.withMessage(error.message().substring(0, LONGEST_STORED) + "...");
    }

    /**
     * The failure of a call that no account has taken: of the last account that may take the same request later; else of the last one that
     * has refused it; else of the first, if none can do it at all.
     *
     * @param refusals not empty
     */
    public static GrokVideoException outcome(List<Refusal> refusals) {
        GrokVideoException chosen = last(refusals, failure -> failure.getError().retryable())
                .or(() -> last(refusals, failure -> !isSkipped(failure.getError()))).orElse(refusals.get(0).failure());
        String reasons = refusals.stream().map(one -> one.attempt().account() + " (" + one.attempt().provider() + "): "
                + one.attempt().error().type() + ", " + one.attempt().error().message()).collect(Collectors.joining("; "));
        return chosen.withAttempts(refusals.stream().map(Refusal::attempt).toList(),
                "No account has taken the request, and nothing was charged. " + reasons);
    }

    /** Whether the account cannot do the request, so that nothing was sent to it. */
    private static boolean isSkipped(JobError error) {
        return error.type() == ErrorType.INVALID_REQUEST || error.type() == ErrorType.UNSUPPORTED;
    }

    private static Optional<GrokVideoException> last(
            List<Refusal> refusals, Predicate<GrokVideoException> wanted) {
        return refusals.stream().map(Refusal::failure).filter(wanted).reduce((first, second) -> second);
    }
}
