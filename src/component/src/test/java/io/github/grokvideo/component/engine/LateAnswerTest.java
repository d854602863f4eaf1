// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.VideoOrder.SubmitUnknown;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import org.junit.jupiter.api.Test;

/** Answers to POSTs that come when the others have gone on without them: after a takeover, after another POST, after a notice of doubt. */
class LateAnswerTest extends ClusterTestBase {

    @Test
    void aTaskThatIsFoundAfterItsCallerHasEndedComesOutOfCompletedShouldItsMessageNotComeAgain() {
        cluster.gateway.lookups = true;
        cluster.gateway.submitScript.add("hold");
        submit(a, "job-1", null, false);
        a.kill();
        pass(150);

        assertThat(job("job-1").taskId()).isEqualTo("task-looked-up");
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(claim(b)).isEmpty();
        pass(24 * 3600);
        assertThat(claim(b)).extracting(VideoJob::id).containsExactly("job-1");
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    /** A node that lives and cannot reach the store with the answer to its POST: the others call its job UNKNOWN. */
    private void answeredLate(String jobId, HttpAnswer answer, Runnable meanwhile) {
        cluster.gateway.submitScript.add("hold");
        submit(a, jobId, "key", true);
        a.cutOff = true;
        cluster.gateway.held.get(0).complete(answer);
        pass(120);
        assertThat(job(jobId).state()).isEqualTo(JobState.UNKNOWN);
        meanwhile.run();
        a.cutOff = false;
        pass(5);
    }

    private void acceptedLate(String jobId, Runnable meanwhile) {
        answeredLate(jobId, TestGateway.status(200, "task-late"), meanwhile);
        assertThat(job(jobId).taskId()).isEqualTo("task-late");
    }

    private void resubmitted(String jobId) {
        cluster.gateway.submitScript.add("hold");
        b.engine.operations().resubmit(jobId);
        cluster.timer.runDue();
        assertThat(job(jobId).state()).isEqualTo(JobState.SUBMITTING);
        assertThat(cluster.gateway.posts()).isEqualTo(2);
    }

    /** @param late the answer to a node's POST of a job that another node has sent again */
    private void theOtherPostIsTheJobs(HttpAnswer late) {
        answeredLate("job-1", late, () -> resubmitted("job-1"));
        pass(30);
        assertThat(job("job-1").state()).isEqualTo(JobState.SUBMITTING);
        cluster.gateway.held.get(1).complete(TestGateway.status(200, "task-again"));
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(submit(a, "job-2", "key", true)).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(cluster.gateway.posts()).isEqualTo(2);
    }

    @Test
    void aLateRejectionIsNotThatOfAnotherNodesPost() {
        theOtherPostIsTheJobs(TestGateway.status(400));
    }

    @Test
    void aLateRejectionForNowDoesNotSendWhatAnotherNodeIsSending() {
        theOtherPostIsTheJobs(TestGateway.status(429));
    }

    @Test
    void aLateDoubtIsNotThatOfAJobThatWasToldItsTask() {
        answeredLate("job-1", TestGateway.status(500), () -> b.engine.operations().adopt("job-1", "task-x"));
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void whatWasLeftBehindIsInHandOfTheNodeThatSendsIt() {
        cluster.store.insert(VideoJob.create("job-1", "default", "test", cluster.timer.now(),
                job -> job.jobKey("key").node("gone").request(VideoRequest.ofPrompt("a cat"))));
        cluster.gateway.submitScript.add("hold");
        submit(a, "job-2", "key", false);
        assertThat(job("job-1").state()).isEqualTo(JobState.SUBMITTING);
        a.kill();
        pass(120);

        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void aJobThatWasTakenAfterAllIsHandedOnAlthoughItsDoubtWas() {
        acceptedLate("job-1", () -> {
            assertThat(claim(b)).extracting(VideoJob::state).containsExactly(JobState.UNKNOWN);
            b.engine.completions().acknowledge("job-1");
        });
        pass(60);

        assertThat(claim(a)).extracting(VideoJob::state).containsExactly(JobState.DOWNLOADED);
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void aConsumerThatIsToldOfADoubtDoesNotEndTheJobThatWasTakenAfterAll() {
        acceptedLate("job-1", () -> assertThat(claim(b)).hasSize(1));
        b.engine.completions().acknowledge("job-1");
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        pass(60);

        assertThat(claim(a)).extracting(VideoJob::state).containsExactly(JobState.DOWNLOADED);
    }

    @Test
    void aJobThatWasTakenAfterAllIsFollowedAlthoughItsNodeEndsThen() {
        acceptedLate("job-1", () -> cluster.dueAway = true);
        a.kill();
        cluster.dueAway = false;
        pass(60);

        assertThat(claim(b)).extracting(VideoJob::state).containsExactly(JobState.DOWNLOADED);
    }

    /** Both videos come out of completed, each once; both tasks are paid and neither is paid again. */
    private void bothTasksAreKept(String first, String second) {
        pass(60);
        List<VideoJob> videos = claim(b);
        videos = videos.isEmpty() ? claim(a) : Stream.concat(videos.stream(), claim(a).stream()).toList();

        assertThat(videos).extracting(VideoJob::taskId).containsExactlyInAnyOrder(first, second);
        assertThat(videos).allSatisfy(job -> assertThat(job.state()).isEqualTo(JobState.DOWNLOADED));
        assertThat(job("job-1").taskId()).isEqualTo(first);
        assertThat(cluster.store.findByTask("default", second)).hasValueSatisfying(job -> {
            assertThat(job.metadata()).containsEntry("grokvideo.secondOf", "job-1").containsEntry("k", "v");
            assertThat(job.tag()).isEqualTo("tag");
            assertThat(job.route()).isEqualTo("route");
            assertThat(job.jobKey()).isNull();
            assertThat(job.request()).isEqualTo(job("job-1").request());
        });
        assertThat(submit(a, "job-2", "key", true)).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(cluster.gateway.posts()).isEqualTo(2);
    }

    @Test
    void aTaskOfThePostBeforeIsKeptBesideTheOneThatIsTheJobs() {
        answeredLate("job-1", TestGateway.status(200, "task-late"), () -> {
            resubmitted("job-1");
            cluster.gateway.held.get(1).complete(TestGateway.status(200, "task-again"));
        });

        bothTasksAreKept("task-again", "task-late");
    }

    @Test
    void aTaskOfThePostAfterIsKeptBesideTheOneThatIsTheJobs() {
        acceptedLate("job-1", () -> resubmitted("job-1"));
        cluster.gateway.held.get(1).complete(TestGateway.status(200, "task-again"));

        bothTasksAreKept("task-late", "task-again");
    }

    @Test
    void aSecondTaskThatARouteHasPaidForIsKept() {
        acceptedLate("job-1", () -> {
            cluster.gateway.submitScript.add("hold");
            VideoOrder again = order("job-1", "key", SubmitUnknown.RESUBMIT);
            b.engine.submit(again);
            cluster.timer.runDue();
            assertThat(cluster.gateway.posts()).isEqualTo(2);
        });
        cluster.gateway.held.get(1).complete(TestGateway.status(200, "task-again"));

        bothTasksAreKept("task-late", "task-again");
    }

    @Test
    void aSecondTaskIsKeptAlthoughTheStoreIsAwayOrLosesItsAnswer() {
        acceptedLate("job-1", () -> resubmitted("job-1"));
        cluster.store.away = FlakyStore.only("insert", 1);
        cluster.store.losesAnswer = FlakyStore.only("insert", 1);
        cluster.gateway.held.get(1).complete(TestGateway.status(200, "task-again"));

        bothTasksAreKept("task-late", "task-again");
    }

    @Test
    void theSameTaskAgainIsNoSecondOne() {
        acceptedLate("job-1", () -> resubmitted("job-1"));
        cluster.gateway.held.get(1).complete(TestGateway.status(200, "task-late"));
        pass(60);

        assertThat(claim(b)).extracting(VideoJob::id).containsExactly("job-1");
        assertThat(claim(a)).isEmpty();
    }

    @Test
    void aTaskThatIsFoundByALookUpIsKeptBesideTheOneThatIsTheJobs() {
        cluster.gateway.lookups = true;
        cluster.gateway.submitScript.add(TestGateway.lost());
        cluster.gateway.pollScript.add("hold");
        submit(a, "job-1", "key", true);
        pass(1);
        a.cutOff = true;
        for (int i = 0; i < 20; i++) {
            cluster.gateway.pollScript.add(TestGateway.status(404));
        }
        pass(300);
        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        cluster.gateway.pollScript.clear();
        b.engine.operations().resubmit("job-1");
        cluster.timer.runDue();
        String again = job("job-1").taskId();
        a.cutOff = false;
        cluster.gateway.held.get(0).complete(TestGateway.status(200, "task-found"));

        bothTasksAreKept(again, "task-found");
    }

    @Test
    void aJobThatWasGivenUpGoesOnWhereItWasTakenAfterAll() {
        acceptedLate("job-1", () -> b.engine.operations().abandon("job-1"));
        pass(60);

        assertThat(claim(a)).extracting(VideoJob::state).containsExactly(JobState.DOWNLOADED);
        assertThat(job("job-1").error()).isNull();
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void aJobThatWasTakenBackGoesOnWhereItsFirstPostWasTakenAfterAll() {
        acceptedLate("job-1", () -> {
            cluster.gateway.submitScript.add(TestGateway.retryAfter(429, 30));
            b.engine.operations().resubmit("job-1");
            cluster.timer.runDue();
            assertThat(job("job-1").state()).isEqualTo(JobState.NEW);
            b.engine.detachAll();
            assertThat(job("job-1").state()).isEqualTo(JobState.REJECTED);
        });
        pass(60);

        assertThat(claim(a)).extracting(VideoJob::state).containsExactly(JobState.DOWNLOADED);
    }

    @Test
    void aVideoWhoseExchangeWasToldThatItWasTakenBackIsNotLeftLying() {
        cluster.gateway.submitScript.add("hold");
        submit(a, "job-1", null, false);
        cluster.store.update("job-1", job -> job.with(changes -> changes.state(JobState.REJECTED).endedAt(cluster.timer.now())
                .error(EngineErrors.withdrawn())));
        cluster.gateway.held.get(0).complete(TestGateway.status(200, "task-late"));
        pass(60);

        assertThat(claim(a)).isEmpty();
        pass(24 * 3600);
        assertThat(claim(a)).extracting(VideoJob::taskId).containsExactly("task-late");
    }

    @Test
    void aTaskOfAJobThatWasForgottenIsKeptAsThatJob() {
        answeredLate("job-1", TestGateway.status(200, "task-late"), () -> cluster.store.remove(job("job-1")));
        pass(60);

        assertThat(claim(a)).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo("job-1");
            assertThat(job.taskId()).isEqualTo("task-late");
            assertThat(job.request().prompt()).isEqualTo("a cat");
        });
    }

    @Test
    void anotherNodesJobLeavesNoPlaceTakenWhereItsFirstPostCameFrom() {
        cluster.gateway.submitScript.add("hold");
        a.engine.submit(order("job-1", "key", SubmitUnknown.FAIL, 1));
        cluster.timer.runDue();
        a.cutOff = true;
        cluster.gateway.held.get(0).complete(TestGateway.status(200, "task-late"));
        pass(120);
        resubmitted("job-1");
        cluster.gateway.held.get(1).complete(TestGateway.status(200, "task-again"));
        a.cutOff = false;
        pass(120);

        CompletableFuture<VideoJob> next = a.engine.submit(order("job-3", null, SubmitUnknown.FAIL, 1));
        cluster.timer.runDue();
        assertThat(next).isCompleted();
    }

    private VideoOrder order(String jobId, String key, SubmitUnknown submitUnknown) {
        return order(jobId, key, submitUnknown, 0);
    }

    private VideoOrder order(String jobId, String key, SubmitUnknown submitUnknown, int maxConcurrentJobs) {
        return VideoOrder.builder(jobId, cluster.gateway.account("default", maxConcurrentJobs), VideoRequest.ofPrompt("a cat"))
                .jobKey(key).submitUnknown(submitUnknown).waiter(this)
                .labels(new OrderLabels("route", "tag", Map.of("k", "v"), true, false)).build();
    }
}
