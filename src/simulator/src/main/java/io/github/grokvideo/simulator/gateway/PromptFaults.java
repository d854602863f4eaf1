// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import io.github.grokvideo.simulator.fault.Directives;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultQueue;
import io.github.grokvideo.simulator.fault.FaultStage;

/**
 * Counts the submit faults of a prompt while its request is retried. Once a job is created the count restarts, so that the same prompt has
 * the same faults for the next job.
 */
public final class PromptFaults {

    private static final int REMEMBERED = 10_000;

    private final Map<String, FaultQueue> begun = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FaultQueue> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Refuses a prompt with invalid directives. */
    void check(String prompt) {
        try {
            Directives.of(prompt);
        } catch (IllegalArgumentException e) {
            throw new GatewayRefusal(Trouble.INVALID, "simulator: " + e.getMessage());
        }
    }

    /** The submit fault that is due for this prompt. */
    synchronized Optional<Fault> take(String gateway, String prompt) {
        List<Fault> faults = Directives.of(prompt).faults();
        return faults.isEmpty()
                ? Optional.empty()
                : begun.computeIfAbsent(key(gateway, prompt), k -> new FaultQueue(faults)).take(gateway, FaultStage.SUBMIT);
    }

    /** The faults of the job itself. */
    synchronized List<Fault> left(String gateway, String prompt) {
        begun.remove(key(gateway, prompt));
        return Directives.of(prompt).faults().stream()
                .filter(fault -> fault.kind().stage() != FaultStage.SUBMIT)
                .filter(fault -> fault.gateway() == null || fault.gateway().equals(gateway))
                .toList();
    }

    /** Removes all counts. */
    public synchronized void clear() {
        begun.clear();
    }

    private static String key(String gateway, String prompt) {
        return gateway + ' ' + prompt;
    }
}
