// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clocks of the nodes differ by days: only the store's decides. */
class ClusterClockTest extends ClusterTestBase {

    @ParameterizedTest
    @ValueSource(ints = {8, 40, -8})
    void aNodeWhoseClockIsWrongLetsNothingGoAndForgetsNoKey(int daysAhead) {
        assertThat(submit(a, "job-1", "key-1", true)).isCompleted();
        pass(30);
        assertThat(submit(a, "job-2", "key-2", true)).isCompleted();
        pass(30);
        HandedOutVideo video = a.engine.handOut("job-2");
        a.engine.settle(video, true);
        assertThat(job("job-2").state()).isEqualTo(JobState.DELIVERED);

        cluster.start("wrong", "wrong", Duration.ofDays(daysAhead));
        pass(3600);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").file()).exists();
        assertThat(cluster.store.findByKey("default", "key-2")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, -8})
    void aNodeWhoseClockIsWrongWritesTheStoresTime(int daysAhead) {
        TestCluster.Node wrong = cluster.start("wrong", "wrong", Duration.ofDays(daysAhead));
        Instant begun = cluster.timer.now();
        assertThat(submit(wrong, "job-1", null, true)).isCompleted();

        assertThat(job("job-1").createdAt()).isEqualTo(begun);
        assertThat(job("job-1").acceptedAt()).isEqualTo(begun);
        pass(60);
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.OFFERED);
        assertThat(job("job-1").delivery().at()).isBetween(begun, cluster.timer.now());
        // Its file is with the node that fetched it.
        assertThat(claim(a).size() + claim(b).size() + claim(wrong).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, -8})
    void anOrphanOfANodeWhoseClockIsWrongIsOfferedWhenItIsTime(int daysAhead) {
        TestCluster.Node wrong = cluster.start("wrong", "wrong", Duration.ofDays(daysAhead));
        submit(wrong, "job-1", "key", false);
        await(wrong, "job-1");
        wrong.kill();
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(claim(a)).isEmpty();
        pass(24 * 3600);
        assertThat(claim(a).size() + claim(b).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, -8})
    void filesOfANodeAreDatedByItsOwnClock(int daysAhead) throws Exception {
        TestCluster.Node wrong = cluster.start("wrong", "wrong", Duration.ofDays(daysAhead));
        assertThat(submit(wrong, "job-1", null, true)).isCompleted();
        pass(60);
        Files.setLastModifiedTime(Files.writeString(directory.resolve("wrong/job-1-1.mp4"), "left over just now"),
                FileTime.from(cluster.timer.now().plus(Duration.ofDays(daysAhead))));
        pass(1800);

        assertThat(directory.resolve("wrong/job-1-1.mp4")).exists();
    }
}
