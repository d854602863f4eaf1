// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.WebhookResult;

/** How many webhook notices this node has received, by gateway and outcome. Thread-safe. */
public final class WebhookCounts implements JobObserver {

    private final Map<String, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();

    @Override
    public void onChange(JobChange change) {
        // Only notices are counted.
    }

    @Override
    public void onNotice(VideoAccount account, WebhookResult result) {
        counts.computeIfAbsent(account.provider().name(), provider -> new ConcurrentHashMap<>())
                .computeIfAbsent(result.outcome().name().toLowerCase(Locale.ROOT), outcome -> new LongAdder()).increment();
    }

    /** @return a copy: provider, outcome, number */
    public Map<String, Map<String, Long>> byProvider() {
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        counts.forEach((provider, outcomes) -> {
            Map<String, Long> numbers = copy.computeIfAbsent(provider, one -> new TreeMap<>());
            outcomes.forEach((outcome, number) -> numbers.put(outcome, number.sum()));
        });
        return copy;
    }
}
