// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import io.github.grokvideo.app.PromptRun.Stage;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Test;

class PromptBookTest {

    private final PromptBook book = new PromptBook(Clock.systemUTC());
    private final List<String> seen = new ArrayList<>();

    @Test
    void aPromptGoesFromSubmitToVideo() {
        book.follow((before, after) -> seen.add(after.name() + " " + after.stage() + " " + after.percent()));

        book.begin("e1", "fox.txt", "key1");
        book.onJob(null, job("key1", JobState.ACCEPTED, null));
        book.onJob(null, job("other", JobState.FAILED, null));
        book.onJob(null, job("key1", JobState.RUNNING, 40));
        book.onJob(null, job("key1", JobState.DOWNLOADED, 100));
        book.stored("e1", Path.of("outbox/fox.mp4"));
        book.end("e1", Stage.DONE, null, null);

        assertThat(seen).containsExactly(
                "fox.txt SUBMITTING 0", "fox.txt QUEUED 0", "fox.txt RENDERING 40", "fox.txt DOWNLOADING 100",
                "fox.txt DOWNLOADING 100", "fox.txt DONE 100");
        assertThat(book.open()).isZero();
    }

    @Test
    void attachingAgainIsTheSamePrompt() {
        book.follow((before, after) -> seen.add(after.name()));
        book.begin("e1", "fox.txt", "key1");
        book.begin("e1", "fox.txt", "key1");

        assertThat(seen).containsExactly("fox.txt");
    }

    @Test
    void samplesHaveEndedWhenTheLastHas() {
        List<List<PromptRun>> ends = new ArrayList<>();
        Samples samples = new Samples(List.of("a.txt", "b.txt"), ends::add);
        book.follow(samples);

        book.begin("e1", "a.txt", "k1");
        book.begin("e2", "b.txt", "k2");
        book.begin("e3", "c.txt", "k3");
        book.end("e3", Stage.FAILED, "no sample", null);
        book.end("e1", Stage.LATER, "Detached", null);
        book.end("e2", Stage.DONE, null, null);
        assertThat(ends).isEmpty();
        book.begin("e4", "a.txt", "k1");
        book.end("e4", Stage.DONE, null, null);

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0)).extracting(PromptRun::name).containsExactly("b.txt", "a.txt");
        assertThat(samples.allSucceeded()).isTrue();
    }

    private static VideoJob job(String key, JobState state, Integer progress) {
        return VideoJob.create("gv1", "default", "xai", Instant.EPOCH, job -> job.jobKey(key).state(state).progress(progress));
    }
}
