// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.grokvideo.component.engine.poll.PollNotes;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobState;
import org.junit.jupiter.api.Test;

/** The same for jobs that the store times, whose queries are steps of their own. */
class NotFoundInClusterTest extends ClusterTestBase {

    private void answers(int status, int times) {
        for (int i = 0; i < times; i++) {
            cluster.gateway.pollScript.add(TestGateway.status(status));
        }
    }

    @Test
    void aLateSlipDoesNotEndAPaidJob() {
        answers(202, 10);
        answers(404, 1);
        submit(a, "job-1", null, true);

        pass(3600);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void severalOverTenMinutesEndIt() {
        answers(404, 500);
        submit(a, "job-1", null, true);

        pass(590);
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        pass(120);

        assertThat(job("job-1").error().type()).isEqualTo(ErrorType.JOB_NOT_FOUND);
        assertThat(claim(a)).singleElement().matches(job -> job.state() == JobState.FAILED);
    }

    @Test
    void whatAnotherNodeHeardMeanwhileCounts() {
        PollNotes notes = new PollNotes();
        java.time.Duration tenMinutes = java.time.Duration.ofMinutes(10);
        java.time.Instant begin = cluster.timer.now();
        for (int minute = 0; minute < 10; minute++) {
            assertThat(notes.isLost(false, begin.plusSeconds(60L * minute), tenMinutes)).isFalse();
        }

        assertThat(notes.isLost(true, begin.plusSeconds(601), tenMinutes)).isFalse();
        assertThat(notes.isLost(false, begin.plusSeconds(1200), tenMinutes)).isFalse();
        assertThat(notes.isLost(false, begin.plusSeconds(1202), tenMinutes)).isTrue();
    }

    @Test
    void anOperatorHasItDeliveredAgain() {
        answers(404, 500);
        submit(a, "job-1", null, true);
        pass(720);
        cluster.gateway.pollScript.clear();

        a.engine.operations().redeliver("job-1");
        pass(300);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(claim(a)).hasSize(1);
    }
}
