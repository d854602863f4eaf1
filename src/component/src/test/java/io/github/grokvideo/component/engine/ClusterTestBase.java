// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two engines on one store, on the test's thread and time. */
abstract class ClusterTestBase {

    static final Duration HOUR = Duration.ofHours(1);
    @TempDir
    Path directory;
    TestCluster cluster;
    TestCluster.Node a;
    TestCluster.Node b;

    @BeforeEach
    void startNodes() {
        cluster = new TestCluster(directory);
        a = cluster.start("a");
        b = cluster.start("b");
    }

    CompletableFuture<VideoJob> submit(TestCluster.Node node, String jobId, String key, boolean detached) {
        return submit(node, jobId, key, detached, false);
    }

    CompletableFuture<VideoJob> submit(TestCluster.Node node, String jobId, String key, boolean detached, boolean urlOnly) {
        CompletableFuture<VideoJob> answer = node.engine.submit(VideoOrder
                .builder(jobId, cluster.gateway.account(), VideoRequest.ofPrompt("a cat"))
                .jobKey(key).urlOnly(urlOnly).waiter(this)
                .labels(new OrderLabels("route", "tag", Map.of("k", "v"), detached, false)).build());
        cluster.timer.runDue();
        return answer;
    }

    CompletableFuture<VideoJob> await(TestCluster.Node node, String jobId) {
        CompletableFuture<VideoJob> answer = node.engine.await(new AwaitOrder(jobId, false, HOUR, this));
        cluster.timer.runDue();
        return answer;
    }

    VideoJob job(String id) {
        return cluster.store.find(id).orElseThrow();
    }

    List<VideoJob> claim(TestCluster.Node node) {
        return node.engine.completions().claim(job -> true, 10);
    }

    void pass(int seconds) {
        cluster.timer.advance(Duration.ofSeconds(seconds));
    }

    static ErrorType error(CompletableFuture<?> failed) {
        return ((GrokVideoException) failed.handle((value, failure) -> EngineErrors.unwrap(failure)).join()).getError().type();
    }
}
