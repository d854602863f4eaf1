// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.time.Duration;
import java.util.Locale;
import io.github.grokvideo.app.PromptRun.Stage;

/** One prompt as one line of text. */
final class RunLine {

    private static final int NAME_WIDTH = 28;

    private RunLine() {
    }

    static String of(PromptRun run) {
        String more = run.stage().isEnd() || run.stage() == Stage.LATER ? outcome(run)
                : run.percent() > 0 && run.stage() == Stage.RENDERING ? run.percent() + " %" : "";
        return "%s  %-11s %s".formatted(name(run), run.stage().word(), more).stripTrailing();
    }

    private static String outcome(PromptRun run) {
        if (run.stage() == Stage.DONE) {
            return (run.video() == null ? "done" : PlainText.of(run.video().toString())) + "  "
                    + took(Duration.between(run.begun(), run.ended()));
        }
        return run.stage() == Stage.FAILED ? run.problem() : run.problem() + "; the prompt stays in the inbox";
    }

    /** For example {@code 7.3 s} or {@code 2 min 5 s}. */
    static String took(Duration time) {
        return time.toSeconds() < 60 ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : time.toMinutes() < 60 ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    private static String name(PromptRun run) {
        return ("%-" + NAME_WIDTH + "s").formatted(PlainText.cut(PlainText.of(run.name()), NAME_WIDTH));
    }
}
