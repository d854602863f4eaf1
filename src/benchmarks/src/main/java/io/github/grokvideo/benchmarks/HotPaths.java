// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done for each status query and each request, without I/O. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HotPaths {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private final VideoProvider xai = VideoProviders.named("xai").orElseThrow();
    private final VideoRequest request = VideoRequest.ofPrompt("A red kite over the sea");
    private final HttpAnswer pending = new HttpAnswer(202, Map.of(), "{\"status\":\"pending\",\"progress\":42}");

    /** Reads the answer to a status query. */
    @Benchmark
    public PollAnswer pendingAnswer() {
        return xai.polled(new PollQuery("task-1"), pending, NOW);
    }

    /** Checks a request against the rules of its model, and fills in what it leaves out. */
    @Benchmark
    public ResolvedRequest rules() {
        return xai.resolve(request);
    }
}
