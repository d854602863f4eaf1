package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import org.junit.jupiter.api.Test;

/** A store that is away for a moment: nothing is paid twice, nothing hangs, nothing is lost. */
class StoreAwayTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);
    private Predicate<String> away = method -> false;
    private boolean afterDoingIt;

    /** A memory store whose calls fail when a test wants it: before they are done, or after, as when the answer is lost. */
    @Override
    JobStore newStore() {
        MemoryJobStore memory = new MemoryJobStore();
        return (JobStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    boolean fails = away.test(method.getName());
                    if (fails && !afterDoingIt) {
                        throw gone();
                    }
                    try {
                        Object answer = method.invoke(memory, arguments);
                        if (fails) {
                            throw gone();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static RuntimeException gone() {
        return JobError.of(ErrorType.STORE_UNAVAILABLE, "gone", Charged.NO).withRetryable(true).toException(null, null);
    }

    private void back() {
        away = method -> false;
        timer.advance(Duration.ofSeconds(2));
    }

    private static void assertNothingSpent(CompletableFuture<VideoJob> failed) {
        assertThat(error(failed)).isInstanceOf(StoreUnavailableException.class);
        assertThat(error(failed).isCharged()).isEqualTo(Charged.NO);
        assertThat(error(failed).isRetryable()).isTrue();
    }

    @Test
    void anInsertWhoseAnswerIsLostLeavesNoJobThatNobodySends() {
        engine.register(gateway.account());
        afterDoingIt = true;
        away = "insert"::equals;
        assertNothingSpent(submit(order("job-1", "a cat", "key")));
        back();

        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.state() == JobState.ACCEPTED);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aMarkWhoseAnswerIsLostIsNotSentAndNotInDoubt() {
        engine.register(gateway.account());
        afterDoingIt = true;
        away = "update"::equals;
        assertNothingSpent(submit(order("job-1", "a cat", "key")));
        back();

        assertThat(gateway.posts()).isZero();
        assertThat(job("job-1").state()).isEqualTo(JobState.REJECTED);
        assertThat(submit(order("job-2", "a cat", "key"))).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void anAnswerIsKeptUntilTheStoreIsBack() {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> submitted = submit(order("job-1", "a cat", "key"));
        away = method -> true;
        gateway.held.get(0).complete(TestGateway.status(200, "task-7"));
        timer.advance(Duration.ofSeconds(30));
        assertThat(submitted).isNotDone();
        back();

        assertThat(submitted).isCompletedWithValueMatching(job -> job.taskId().equals("task-7"));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void recoveryIsTriedAgainAndSubmitsMeanwhileFail() {
        submit(order("job-1", "a cat", "key"));
        timer.advance(Duration.ofMillis(1));
        engine = newEngine();
        away = method -> true;
        CompletableFuture<VideoJob> meanwhile = submit(order("job-2", "a dog", null));
        timer.advance(Duration.ofSeconds(3));
        assertNothingSpent(meanwhile);
        back();
        timer.advance(Duration.ofSeconds(30));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aWaitEndsAndADeliveryIsWrittenDownLater() {
        submit(order("job-1", "a cat", null));
        CompletableFuture<VideoJob> wait = await("job-1", Duration.ofSeconds(1));
        away = method -> true;
        timer.advance(Duration.ofSeconds(2));
        assertThat(error(wait).getError().type()).isEqualTo(ErrorType.WAIT_TIMEOUT);
        back();
        timer.advance(HOUR);
        HandedOut out = engine.handOut("job-1");
        away = "update"::equals;
        engine.settle(out, true);
        back();

        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(job("job-1").file()).doesNotExist();
    }
}
