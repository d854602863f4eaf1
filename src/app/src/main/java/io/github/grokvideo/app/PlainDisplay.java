// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.PrintStream;
import java.time.Clock;

/** Plain lines, one for each step of a prompt. */
final class PlainDisplay implements Display {

    private static final int STEP = 25;

    private final PrintStream out;
    private final Clock clock;

    PlainDisplay(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void onPrompt(PromptRun before, PromptRun after) {
        if (before == null || before.stage() != after.stage() || before.percent() / STEP != after.percent() / STEP) {
            line(RunLine.plain(after, clock.instant()));
        }
    }

    @Override
    public synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void tick() {
        // Plain lines do not change.
    }

    @Override
    public void close() {
        // Nothing to tidy up.
    }
}
