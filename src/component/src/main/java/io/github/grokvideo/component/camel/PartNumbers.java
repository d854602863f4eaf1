package io.github.grokvideo.component.camel;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers those who make the same request in the same place of one message: the parents of parts that are equal otherwise. They are
 * interchangeable, so it does not matter which one comes first; what counts is that there are as many numbers as parents. Thread-safe.
 */
final class PartNumbers {

    private record Round(String place, int redeliveries) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<String, Integer>> known = new HashMap<>();
    private final Map<Round, Integer> next = new HashMap<>();

    /**
     * @param  parent       id of the exchange that was split
     * @param  redeliveries how often Camel has delivered the message to this step before: a split that is made again has other parents,
     *                      which are numbered from 0 again
     * @return              0 for the first parent
     */
    int of(String place, String parent, int redeliveries) {
        lock.lock();
        try {
            return known.computeIfAbsent(place, unknown -> new HashMap<>(2)).computeIfAbsent(parent,
                    unknown -> next.merge(new Round(place, redeliveries), 1, Integer::sum) - 1);
        } finally {
            lock.unlock();
        }
    }
}
