// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.engine.schedule.JobProgress;
import io.github.grokvideo.component.engine.schedule.LearntSchedule;
import io.github.grokvideo.component.engine.schedule.PollSchedule;
import io.github.grokvideo.component.engine.schedule.RenderHistories;
import io.github.grokvideo.component.job.VideoJob;
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
    private final LearntSchedule schedule = learnt();
    private final PollSchedule bounds = new PollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60));
    private final JobProgress open = JobProgress.none().open(Duration.ofSeconds(15), null);
    private final HttpAnswer pending = new HttpAnswer(202, Map.of(), "{\"status\":\"pending\",\"progress\":42}");

    /** Times of 500 jobs: lognormal, with a median of 20 s. */
    private static LearntSchedule learnt() {
        LearntSchedule learnt = new RenderHistories(null, null, null)
                .of(VideoJob.create("job-1", "default", "xai", NOW, changes -> { }));
        Random random = new Random(1);
        for (int job = 0; job < 500; job++) {
            Duration end = Duration.ofMillis((long) (20_000 * Math.exp(0.5 * random.nextGaussian())));
            Duration before = end.minusSeconds(1);
            learnt.open(JobProgress.none(), before);
            learnt.ended(JobProgress.none().open(before, null), end);
        }
        return learnt;
    }

    /** Finds the time of the next status query, and learns from the last one. */
    @Benchmark
    public Optional<Duration> schedule() {
        schedule.open(open, Duration.ofSeconds(20));
        return schedule.next(open, Duration.ofSeconds(20), bounds, 1);
    }

    /** Learns from a job that has ended, and plans anew after some of them. */
    @Benchmark
    public Optional<Duration> ended() {
        schedule.ended(open, Duration.ofSeconds(20));
        return schedule.next(open, Duration.ofSeconds(15), bounds, 1);
    }

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
