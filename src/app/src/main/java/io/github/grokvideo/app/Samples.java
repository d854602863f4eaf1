// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import io.github.grokvideo.app.PromptRun.Stage;

/** Waits for the sample prompts. */
final class Samples implements PromptBook.Follower {

    private final Set<String> open;
    private final Map<String, PromptRun> ended = new LinkedHashMap<>();
    private final Consumer<List<PromptRun>> allEnded;

    /** @param allEnded called once, with how each of them ended; never where there are none */
    Samples(List<String> names, Consumer<List<PromptRun>> allEnded) {
        this.open = new LinkedHashSet<>(names);
        this.allEnded = allEnded;
    }

    @Override
    public synchronized void onPrompt(PromptRun before, PromptRun after) {
        if (after.ended() != null && after.stage() != Stage.LATER && open.remove(after.name())) {
            ended.put(after.name(), after);
            if (open.isEmpty()) {
                allEnded.accept(new ArrayList<>(ended.values()));
            }
        }
    }

    synchronized boolean allSucceeded() {
        return open.isEmpty() && ended.values().stream().allMatch(run -> run.stage() == Stage.DONE);
    }
}
