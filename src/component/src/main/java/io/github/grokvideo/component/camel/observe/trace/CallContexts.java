// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.MDC;

/**
 * Origins of the calls for jobs: a job continues on engine threads, which have neither the MDC nor the span of the exchange. Thread-safe;
 * only the newest {@value #MAX} calls are kept, since not every call has a job that ends here.
 */
public final class CallContexts {

    static final int MAX = 20_000;

    /**
     * @param mdc  of the exchange; empty if it has none
     * @param span what the tracing needs to create child spans of the exchange's span; null = none
     */
    public record CallContext(Map<String, String> mdc, Object span) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CallContext> contexts = new LinkedHashMap<>();
    private final Spans spans;

    public CallContexts(Spans spans) {
        this.spans = spans;
    }

    /**
     * Captures the context of the call, on its thread.
     *
     * @return takes the id of the call's job as soon as it is known, on any thread
     */
    public Consumer<String> call() {
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        Object span = spans.current();
        if (span == null && (mdc == null || mdc.isEmpty())) {
            return jobId -> { };
        }
        CallContext context = new CallContext(mdc == null ? Map.of() : mdc, span);
        return jobId -> begun(jobId, context);
    }

    private void begun(String jobId, CallContext context) {
        lock.lock();
        try {
            contexts.remove(jobId);
            contexts.put(jobId, context);
            if (contexts.size() > MAX) {
                contexts.remove(contexts.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    public Optional<CallContext> find(String jobId) {
        lock.lock();
        try {
            return Optional.ofNullable(contexts.get(jobId));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a job that has ended, after all observers were notified. */
    public void ended(String jobId) {
        lock.lock();
        try {
            contexts.remove(jobId);
        } finally {
            lock.unlock();
        }
    }
}
