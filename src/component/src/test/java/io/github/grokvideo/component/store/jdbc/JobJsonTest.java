// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.JobStoreContract;
import io.github.grokvideo.component.store.Jobs;
import org.junit.jupiter.api.Test;

class JobJsonTest {

    @Test
    void everyFieldComesBack() throws Exception {
        VideoJob job = Jobs.full("a");
        for (Field field : JobFields.class.getDeclaredFields()) {
            assertThat(VideoJob.class.getMethod(field.getName()).invoke(job)).as("the test's job has " + field.getName()).isNotNull();
        }
        for (RecordComponent field : VideoRequest.class.getRecordComponents()) {
            assertThat(field.getAccessor().invoke(job.request())).as("the test's request has " + field.getName()).isNotNull();
        }

        VideoJob back = back(job);

        assertThat(back).isEqualTo(job);
        assertThat(back.cost().amount()).hasToString("0.40");
    }

    @Test
    void whatIsNotThereTakesNoPlace() {
        VideoJob job = VideoJob.create("a", "default", "xai", JobStoreContract.T0, fields -> { });

        assertThat(JobJson.read(JobJson.write(job)).fieldNames()).toIterable().containsExactlyInAnyOrder(
                "createdAt", "submits", "polls", "downloads", "urlOnly", "delivery");
        assertThat(back(job)).isEqualTo(job);
    }

    /** As it is read from a row, whose other columns have the rest. */
    private static VideoJob back(VideoJob job) {
        ObjectNode tree = JobJson.read(JobJson.write(job));
        tree.put("id", job.id()).put("account", job.account()).put("provider", job.provider()).put("state", job.state().name())
                .put("node", job.node());
        return JobJson.toJob(tree);
    }

    @Test
    void theTextIsPlainAscii() {
        assertThat(JobJson.write(Jobs.full("a"))).matches("\\p{ASCII}+").doesNotContain("\0");
    }

    @Test
    void fieldsOfLaterVersionsArePassedOverAndMissingOnesAreNothing() {
        VideoJob job = JobJson.toJob(JobJson.read("{\"id\":\"a\",\"account\":\"x\",\"provider\":\"xai\",\"state\":\"NEW\","
                + "\"createdAt\":\"2026-01-01T00:00:00Z\",\"lane\":{\"a\":1},\"request\":{\"prompt\":\"cat\",\"fps\":24,"
                + "\"images\":[{\"url\":\"https://a.example/i.png\",\"crop\":true}]}}"));

        assertThat(job.state()).isEqualTo(JobState.NEW);
        assertThat(job.request().prompt()).isEqualTo("cat");
        assertThat(job.request().images()).hasSize(1);
        assertThat(job.request().additionalFields()).isEmpty();
        assertThat(job.submits()).isZero();
    }
}
