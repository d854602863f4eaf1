// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import io.github.grokvideo.app.PromptRun.Stage;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Test;

class DisplayTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T7 = T0.plusMillis(7_300);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aLongNameIsCut() {
        assertThat(RunLine.of(run("x".repeat(300), JobState.RUNNING, 50)))
                .isEqualTo("x".repeat(25) + "...  rendering   50 %");
    }

    @Test
    void whatANameHidesDoesNotReachTheTerminal() {
        String line = RunLine.of(run("a\u001B[2Jb\n\u202Ec.txt", JobState.RUNNING, 1));

        assertThat(line).contains("a[2Jb c.txt").doesNotContain("\u001B", "\n", "\u202E");
    }

    @Test
    void eachChangeOfAPromptIsALine() {
        Display display = new Display(out);
        PromptRun begun = PromptRun.begin("fox.txt", T0);
        PromptRun running = run("fox.txt", JobState.RUNNING, 10);
        PromptRun further = run("fox.txt", JobState.RUNNING, 20);
        PromptRun half = run("fox.txt", JobState.RUNNING, 50);

        display.onPrompt(null, begun);
        display.onPrompt(begun, running);
        display.onPrompt(running, further);
        display.onPrompt(further, half);
        display.onPrompt(half, half.with(Path.of("outbox/fox.mp4")).end(Stage.DONE, null, null, T7));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly(
                "fox.txt                       submitting",
                "fox.txt                       rendering   10 %",
                "fox.txt                       rendering   50 %",
                "fox.txt                       done        outbox/fox.mp4  7.3 s");
    }

    @Test
    void theTableHasAllColumnsAndReasons() {
        PromptRun good = run("fox.txt", JobState.DELIVERED, 100)
                .with(Path.of("outbox/nowhere.mp4")).end(Stage.DONE, null, null, T7);
        PromptRun bad = run("bad.txt", JobState.FAILED, 10)
                .end(Stage.FAILED, "JOB_FAILED: it broke (charged: no)", Charged.NO, T0.plusSeconds(65));

        List<String> lines = ResultTable.render(List.of(good, bad));

        assertThat(lines.get(0)).matches("file +provider +model +seconds +size +cost +time taken");
        assertThat(lines.get(2)).matches("nowhere.mp4 +xai +grok-imagine-video +- +moved away +0.4 USD +7.3 s");
        assertThat(lines.get(3)).matches("bad.txt +xai +grok-imagine-video +- +failed +- +1 min 5 s");
        assertThat(lines.get(4)).isEqualTo("bad.txt: JOB_FAILED: it broke (charged: no)");
    }

    @Test
    void aCostTheGatewayDidNotSayIsMarked() {
        PromptRun run = PromptRun.begin("fox.txt", T0).with(VideoJob.create("gv1", "default", "reapi", T0, job -> job
                .state(JobState.DELIVERED).cost(Cost.credits("53").asEstimate()))).end(Stage.DONE, null, null, T7);

        assertThat(ResultTable.render(List.of(run)).get(2)).contains(" est. 53 credits ");
    }

    @Test
    void timesAreForPeople() {
        assertThat(RunLine.took(Duration.ofMillis(7_300))).isEqualTo("7.3 s");
        assertThat(RunLine.took(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(RunLine.took(Duration.ofMinutes(61))).isEqualTo("1 h 1 min");
    }

    private static PromptRun run(String name, JobState state, int progress) {
        return PromptRun.begin(name, T0).with(VideoJob.create("gv1", "default", "xai", T0, job -> job
                .state(state).progress(progress).model("grok-imagine-video").cost(Cost.usd("0.40"))));
    }
}
