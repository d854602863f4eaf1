// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import io.github.grokvideo.app.PromptRun.Stage;

/** One prompt as one line of text. */
final class RunLine {

    private static final int NAME = 28;
    private static final int BAR = 24;

    private RunLine() {
    }

    /** A bar for a terminal, never wider than {@code width}. */
    static String bar(PromptRun run, Instant now, int width, boolean unicode) {
        int filled = BAR * run.percent() / 100;
        String bar = (unicode ? "\u2501" : "#").repeat(filled) + (unicode ? "\u2508" : ".").repeat(BAR - filled);
        boolean told = run.job() != null && run.job().progress() != null || run.percent() > 0;
        String percent = told ? "%3d%%".formatted(run.percent()) : "    ";
        return PlainText.cut("  %s %s %s  %-11s %4d s".formatted(
                name(run), bar, percent, run.stage().word(), seconds(run.begun(), now)), width);
    }

    /** A line for a log or a pipe. */
    static String plain(PromptRun run, Instant now) {
        String more = run.stage().isEnd() || run.stage() == Stage.LATER ? outcome(run)
                : run.percent() > 0 && run.stage() == Stage.RENDERING ? run.percent() + " %" : "";
        return "%s  %-11s %s".formatted(name(run), run.stage().word(), more).stripTrailing();
    }

    /** The last line of a prompt on a terminal. */
    static String last(PromptRun run, boolean unicode, boolean color) {
        String mark = switch (run.stage()) {
            case DONE -> color(unicode ? "\u2713" : "*", 32, color);
            case FAILED -> color(unicode ? "\u2717" : "!", 31, color);
            default -> color(unicode ? "\u2026" : "~", 33, color);
        };
        return mark + " " + name(run) + " " + outcome(run);
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
        return ("%-" + NAME + "s").formatted(PlainText.cut(PlainText.of(run.name()), NAME));
    }

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toSeconds());
    }

    private static String color(String text, int code, boolean color) {
        return color ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
