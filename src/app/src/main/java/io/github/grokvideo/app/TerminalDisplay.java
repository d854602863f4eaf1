// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One live line for each prompt at the bottom of a terminal; lines that stay scroll away above them. */
final class TerminalDisplay implements Display {

    private static final int SHOWN = 10;
    private static final String UP_AND_CLEAR = "\u001B[1A\u001B[2K";

    private final PrintStream out;
    private final Clock clock;
    private final int width;
    private final boolean unicode;
    private final boolean color;
    private final Map<String, PromptRun> live = new LinkedHashMap<>();
    private int drawn;
    private boolean closed;

    TerminalDisplay(PrintStream out, Clock clock, int width, boolean unicode, boolean color) {
        this.out = out;
        this.clock = clock;
        this.width = width;
        this.unicode = unicode;
        this.color = color;
    }

    @Override
    public synchronized void onPrompt(PromptRun before, PromptRun after) {
        if (after.ended() == null) {
            live.put(after.name(), after);
            redraw(List.of());
        } else {
            live.remove(after.name());
            redraw(List.of(RunLine.last(after, unicode, color)));
        }
    }

    @Override
    public synchronized void line(String text) {
        redraw(List.of(text.split("\n", -1)));
    }

    @Override
    public synchronized void tick() {
        if (!live.isEmpty()) {
            redraw(List.of());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        redraw(List.of());
    }

    /** In one write, so that nothing flickers. */
    private void redraw(List<String> staying) {
        StringBuilder text = new StringBuilder(UP_AND_CLEAR.repeat(drawn));
        staying.forEach(line -> text.append(line).append('\n'));
        List<String> lines = closed ? List.of() : lines();
        lines.forEach(line -> text.append(line).append('\n'));
        drawn = lines.size();
        out.print(text);
        out.flush();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (PromptRun run : live.values()) {
            if (lines.size() == SHOWN) {
                lines.add("  and " + (live.size() - SHOWN) + " more");
                break;
            }
            lines.add(RunLine.bar(run, clock.instant(), width - 1, unicode));
        }
        return lines;
    }
}
