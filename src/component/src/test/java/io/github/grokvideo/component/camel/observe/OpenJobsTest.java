// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Test;

class OpenJobsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static VideoJob job(String id, JobState state, JobDelivery delivery) {
        return VideoJob.create(id, "a", "xai", NOON, job -> job.state(state).delivery(delivery));
    }

    @Test
    void aJobIsInHandUntilItsVideoIsHereOrItEnds() {
        OpenJobs jobs = new OpenJobs(false);
        for (JobState state : JobState.values()) {
            jobs.changed(null, job(state.name(), state, JobDelivery.ATTACHED), NOON);
        }
        jobs.changed(null, job("url", JobState.RENDERED, JobDelivery.ATTACHED).with(job -> job.urlOnly(true)), NOON);

        assertThat(jobs.size()).isEqualTo(5);
        assertThat(jobs.count("xai", JobState.RENDERED)).isEqualTo(1);
        assertThat(jobs.count().get("xai").keySet()).containsExactly(
                JobState.NEW, JobState.SUBMITTING, JobState.ACCEPTED, JobState.RUNNING, JobState.RENDERED);
        jobs.changed(job("RUNNING", JobState.RUNNING, JobDelivery.ATTACHED), job("RUNNING", JobState.FAILED, JobDelivery.ATTACHED), NOON);
        assertThat(jobs.size()).isEqualTo(4);
    }

    @Test
    void whatASharedStoreTimesIsInNobodysHands() {
        OpenJobs jobs = new OpenJobs(true);
        jobs.changed(null, job("attached", JobState.RUNNING, JobDelivery.ATTACHED), NOON);
        jobs.changed(null, job("detached", JobState.SUBMITTING, JobDelivery.DETACHED), NOON);
        assertThat(jobs.size()).isEqualTo(2);

        jobs.changed(job("detached", JobState.SUBMITTING, JobDelivery.DETACHED),
                job("detached", JobState.ACCEPTED, JobDelivery.DETACHED), NOON);

        assertThat(jobs.size()).isEqualTo(1);
        assertThat(jobs.oldest()).hasValueSatisfying(job -> assertThat(job.id()).isEqualTo("attached"));
    }
}
