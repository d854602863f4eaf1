// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.submit.FailoverRules.Refusal;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InsufficientCreditException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.RateLimitedException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailoverRulesTest {

    private static final Set<ErrorType> COST_NOTHING = EnumSet.of(ErrorType.INSUFFICIENT_CREDIT, ErrorType.RATE_LIMITED,
            ErrorType.SPEND_LIMIT, ErrorType.SUBMIT_REJECTED, ErrorType.AUTHENTICATION, ErrorType.INVALID_REQUEST, ErrorType.UNSUPPORTED);

    @ParameterizedTest
    @EnumSource(ErrorType.class)
    void onlyARefusalThatCostNothingAllowsAnotherAccount(ErrorType type) {
        for (JobState state : Stream.concat(Stream.of((JobState) null), Arrays.stream(JobState.values())).toList()) {
            for (Charged charged : Charged.values()) {
                assertThat(FailoverRules.isFree(JobError.of(type, "no", charged), state)).as("%s, charged %s, job %s", type, charged, state)
                        .isEqualTo(COST_NOTHING.contains(type) && charged == Charged.NO && (state == null || state == JobState.REJECTED));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void aPostWhoseAnswerWasLostForbidsAnyOtherAccount(JobState state) {
        assertThat(FailoverRules.isInDoubt(state, VideoOrder.SubmitUnknown.FAIL)).isEqualTo(state == JobState.UNKNOWN);
        assertThat(FailoverRules.isInDoubt(state, VideoOrder.SubmitUnknown.RESUBMIT))
                .isEqualTo(state == JobState.UNKNOWN || state == JobState.SUBMITTING);
    }

    @Test
    void theNextAccountIsTheFirstThatWasNotTried() {
        List<VideoAccount> accounts = List.of(account("a"), account("b"), account("c"));

        assertThat(FailoverRules.next(accounts, List.of())).map(VideoAccount::name).contains("a");
        assertThat(FailoverRules.next(accounts, tried("a"))).map(VideoAccount::name).contains("b");
        assertThat(FailoverRules.next(accounts, tried("b"))).map(VideoAccount::name).contains("a");
        assertThat(FailoverRules.next(accounts, tried("b", "a"))).map(VideoAccount::name).contains("c");
        assertThat(FailoverRules.next(accounts, tried("a", "b", "c"))).isEmpty();
    }

    @Test
    void whatMaySucceedLaterIsTheOutcomeSoThatTheCallerTriesAgain() {
        GrokVideoException outcome = FailoverRules.outcome(List.of(refusal("a", ErrorType.RATE_LIMITED, true),
                refusal("b", ErrorType.INSUFFICIENT_CREDIT, false), skipped("c")));

        assertThat(outcome).isInstanceOf(RateLimitedException.class).matches(GrokVideoException::isRetryable);
        assertThat(outcome.getJobId()).isEqualTo("job-a");
        assertThat(outcome.getCharged()).isEqualTo(Charged.NO);
        assertThat(outcome.getMessage()).contains("a (xai): RATE_LIMITED, no", "b (xai): INSUFFICIENT_CREDIT, no",
                "c (xai): INVALID_REQUEST");
        assertThat(outcome.getAttempts()).extracting(JobError.Attempt::account).containsExactly("a", "b", "c");
        assertThat(outcome.toMap().get("attempts")).asList().hasSize(3);
    }

    @Test
    void aRefusalSaysMoreThanARequestThatWasNotSent() {
        assertThat(FailoverRules.outcome(List.of(refusal("a", ErrorType.INSUFFICIENT_CREDIT, false), skipped("b"))))
                .isInstanceOf(InsufficientCreditException.class);
    }

    @Test
    void aRequestThatNoAccountCanDoNamesTheViolationsOfTheFirst() {
        GrokVideoException outcome = FailoverRules.outcome(List.of(skipped("a"), skipped("b")));

        assertThat(outcome).isInstanceOf(InvalidRequestException.class);
        assertThat(((InvalidRequestException) outcome).getViolations()).extracting(Violation::value).containsExactly("a");
    }

    @Test
    void aLongMessageIsCutBeforeItIsStored() {
        assertThat(FailoverRules.stored(JobError.of(ErrorType.SUBMIT_REJECTED, "x".repeat(5_000), Charged.NO)).message())
                .isEqualTo("x".repeat(500) + "...");
    }

    private static Refusal refusal(String account, ErrorType type, boolean retryable) {
        JobError error = JobError.of(type, "no", Charged.NO).withRetryable(retryable);
        return new Refusal(attempt(account, error), error.toException("job-" + account, "xai"));
    }

    private static Refusal skipped(String account) {
        InvalidRequestException failure = InvalidRequestException.of("xai", null, List.of(new Violation("duration", account, "not so")));
        return new Refusal(attempt(account, failure.getError()), failure);
    }

    private static List<JobError.Attempt> tried(String... accounts) {
        return Arrays.stream(accounts).map(name -> attempt(name, JobError.of(ErrorType.SUBMIT_REJECTED, "no", Charged.NO)))
                .collect(Collectors.toList());
    }

    private static JobError.Attempt attempt(String account, JobError error) {
        return new JobError.Attempt(account, "xai", null, error, Instant.EPOCH);
    }

    private static VideoAccount account(String name) {
        return new VideoAccount(name, VideoProviders.named("xai").orElseThrow(),
                new GatewayAccess(URI.create("http://gateway.test/v1"), "secret-key"), null, null, null, null, 0, false);
    }
}
