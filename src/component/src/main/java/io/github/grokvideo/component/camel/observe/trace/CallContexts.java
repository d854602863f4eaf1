// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.MDC;

/**
 * Where the calls for jobs came from: a job goes on on the engine's threads, which know neither the exchange's MDC nor its span.
 * Thread-safe; the newest {@value #MOST} calls are kept, since not every call has a job that ends here.
 */
public final class CallContexts {

    static final int MOST = 20_000;

    /**
     * @param mdc  the exchange's; empty where it has none
     * @param span what the tracing in use needs to go on below the exchange's span; null = none
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
     * Looks at the call, on its thread.
     *
     * @return takes the id of the call's job as soon as that is known, on any thread
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
            if (contexts.size() > MOST) {
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

    /** The job has ended and is told to everybody. */
    public void ended(String jobId) {
        lock.lock();
        try {
            contexts.remove(jobId);
        } finally {
            lock.unlock();
        }
    }
}
