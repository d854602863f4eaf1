package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
}
