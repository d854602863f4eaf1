// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.PrintStream;

/** What the user sees: plain lines, one for each change of a prompt. Thread-safe. */
final class Display implements PromptBook.Follower {

    /** A rendering prompt gets a line each time its progress passes a multiple of this. */
    private static final int STEP_PERCENT = 25;

    private final PrintStream out;

    Display(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onPrompt(PromptRun before, PromptRun after) {
        if (before == null || before.stage() != after.stage() || before.percent() / STEP_PERCENT != after.percent() / STEP_PERCENT) {
            line(RunLine.of(after));
        }
    }

    synchronized void line(String text) {
        out.println(text);
        out.flush();
    }
}
