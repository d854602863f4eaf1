// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The latest requests, and how many there were of every kind since the start. Safe for any number of threads. */
public final class RequestLog {

    private final int capacity;
    private final Deque<LoggedRequest> latest = new ArrayDeque<>();
    private final Map<Counter, Long> counters = new HashMap<>();
    private Map<String, String> lastHeaders = Map.of();

    /**
     * @param capacity how many requests are kept; the counters are not limited
     */
    public RequestLog(int capacity) {
        this.capacity = capacity;
    }

    /** Logs a request. The identical headers of a client's polls are stored once. */
    public synchronized void add(LoggedRequest request) {
        LoggedRequest kept = request;
        if (request.headers().equals(lastHeaders)) {
            kept = new LoggedRequest(request.method(), request.path(), request.gateway(), request.kind(), request.status(),
                    request.fault(), request.body(), lastHeaders, request.time());
        } else {
            lastHeaders = request.headers();
        }
        latest.addLast(kept);
        if (latest.size() > capacity) {
            latest.removeFirst();
        }
        counters.merge(new Counter(request.gateway(), request.kind()), 1L, Long::sum);
    }

    /** The latest requests, oldest first. */
    public synchronized List<LoggedRequest> entries() {
        return List.copyOf(latest);
    }

    /** The latest requests of a kind, oldest first. */
    public List<LoggedRequest> entries(RequestKind kind) {
        return entries().stream().filter(r -> r.kind() == kind).toList();
    }

    /** How many requests of a kind came in since the start or the last reset. */
    public synchronized long count(RequestKind kind) {
        return counters.entrySet().stream().filter(e -> e.getKey().kind() == kind).mapToLong(Map.Entry::getValue).sum();
    }

    /** How many requests of a kind came to a gateway since the start or the last reset. */
    public synchronized long count(String gateway, RequestKind kind) {
        return counters.getOrDefault(new Counter(gateway, kind), 0L);
    }

    /** Removes everything and resets the counters. */
    public synchronized void clear() {
        latest.clear();
        counters.clear();
        lastHeaders = Map.of();
    }

    private record Counter(String gateway, RequestKind kind) {
    }
}
