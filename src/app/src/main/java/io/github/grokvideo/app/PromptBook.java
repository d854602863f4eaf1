// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import io.github.grokvideo.app.PromptRun.Stage;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.VideoJob;

/** Combines what routes and jobs report about each prompt. Thread-safe; followers are notified in order. */
public final class PromptBook implements VideoJobListener {

    /** Follows prompts. Called with the book locked: return at once. */
    @FunctionalInterface
    public interface Follower {

        /** @param before null = the prompt is new */
        void onPrompt(PromptRun before, PromptRun after);
    }

    private final Clock clock;
    private final Map<String, PromptRun> byExchange = new LinkedHashMap<>();
    private final Map<String, String> exchangeByKey = new HashMap<>();
    private final Map<String, String> keyByExchange = new HashMap<>();
    private final Set<String> later = new HashSet<>();
    private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();

    public PromptBook(Clock clock) {
        this.clock = clock;
    }

    public void follow(Follower follower) {
        followers.add(follower);
    }

    /** A prompt goes to the component; a second time where it attaches to its job again. */
    synchronized void begin(String exchangeId, String name, String jobKey) {
        if (byExchange.containsKey(exchangeId)) {
            return;
        }
        if (jobKey != null) {
            exchangeByKey.put(jobKey, exchangeId);
            keyByExchange.put(exchangeId, jobKey);
        }
        later.remove(name);
        put(exchangeId, null, PromptRun.begin(name, clock.instant()));
    }

    @Override
    public synchronized void onJob(VideoJob before, VideoJob after) {
        String exchangeId = after.jobKey() == null ? null : exchangeByKey.get(after.jobKey());
        if (exchangeId != null) {
            change(exchangeId, run -> run.with(after));
        }
    }

    synchronized void stored(String exchangeId, Path video) {
        change(exchangeId, run -> run.with(video));
    }

    synchronized void end(String exchangeId, Stage stage, String why, Charged charged) {
        change(exchangeId, run -> run.end(stage, why, charged, clock.instant()));
        PromptRun last = byExchange.remove(exchangeId);
        if (last != null && stage == Stage.LATER) {
            later.add(last.name());
        }
        String key = keyByExchange.remove(exchangeId);
        if (key != null) {
            exchangeByKey.remove(key, exchangeId);
        }
    }

    /** How many have not ended, and lie in the inbox. */
    synchronized int open() {
        return byExchange.size() + later.size();
    }

    private void change(String exchangeId, UnaryOperator<PromptRun> change) {
        PromptRun before = byExchange.get(exchangeId);
        if (before != null) {
            put(exchangeId, before, change.apply(before));
        }
    }

    private void put(String exchangeId, PromptRun before, PromptRun after) {
        byExchange.put(exchangeId, after);
        followers.forEach(follower -> follower.onPrompt(before, after));
    }
}
