// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import io.github.grokvideo.app.PromptRun.Stage;
import io.github.grokvideo.component.error.Charged;

/** The closing table. */
final class ResultTable {

    private static final List<String> HEAD = List.of("file", "provider", "model", "seconds", "size", "cost", "time taken");
    private static final int LEFT_ALIGNED = 3;
    private static final int WIDEST = 32;

    private ResultTable() {
    }

    /** @return the lines; what did not become a video has its reason below the table */
    static List<String> render(List<PromptRun> runs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        runs.forEach(run -> rows.add(row(run)));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i < LEFT_ALIGNED ? row.get(i) + pad : pad + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
            if (row == HEAD) {
                lines.add("-".repeat(java.util.Arrays.stream(widths).sum() + 2 * (widths.length - 1)));
            }
        }
        for (PromptRun run : runs) {
            if (run.stage() != Stage.DONE) {
                lines.add(PlainText.of(run.name()) + ": " + run.problem());
            }
        }
        return lines;
    }

    private static List<String> row(PromptRun run) {
        boolean done = run.stage() == Stage.DONE;
        return List.of(
                text(run.video() == null ? run.name() : run.video().getFileName().toString()),
                text(run.job() == null ? null : run.job().provider()),
                text(run.job() == null ? null : run.job().model()),
                !done || run.video() == null ? "-" : seconds(run),
                !done || run.video() == null ? run.stage().word() : size(run),
                cost(run),
                run.ended() == null ? "-" : RunLine.took(Duration.between(run.begun(), run.ended())));
    }

    private static String cost(PromptRun run) {
        if (run.job() == null || run.job().cost() == null || run.charged() == Charged.NO) {
            return "-";
        }
        return (run.job().cost().estimated() ? "est. " : "") + run.job().cost().amount().stripTrailingZeros().toPlainString() + " "
                + run.job().cost().unit() + (run.charged() == Charged.UNKNOWN ? "?" : "");
    }

    private static String seconds(PromptRun run) {
        var seconds = Mp4Length.seconds(run.video());
        return seconds.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", seconds.getAsDouble()).replaceFirst("\\.0$", "");
    }

    private static String size(PromptRun run) {
        long bytes;
        try {
            bytes = Files.size(run.video());
        } catch (IOException e) {
            return "moved away";
        }
        return bytes < 1000 ? bytes + " B"
                : bytes < 1_000_000 ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String text(String value) {
        return value == null ? "-" : PlainText.cut(PlainText.of(value), WIDEST);
    }
}
