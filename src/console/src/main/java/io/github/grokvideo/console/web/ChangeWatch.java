// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the component once a second whether jobs have changed, for all calls that wait for it, and not at all while none does. Jobs change
 * on other nodes as well, so the component can only tell when it is asked. Thread-safe.
 */
final class ChangeWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Map<ObjectName, Set<WaitingCall>> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean scheduledNow = new AtomicBoolean();
    /** Those that have not answered yet. */
    private final Set<ObjectName> asked = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    /** One thread at most for each Camel context that is followed. */
    private final ExecutorService questions = Executors.newCachedThreadPool(ChangeWatch::thread);

    ChangeWatch() {
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, ChangeWatch::thread);
        one.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer = one;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "grokvideo-console-changes");
        thread.setDaemon(true);
        return thread;
    }

    int size() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    void add(ObjectName bean, WaitingCall call) {
        waiting.compute(bean, (name, known) -> {
            Set<WaitingCall> calls = known == null ? ConcurrentHashMap.newKeySet() : known;
            calls.add(call);
            return calls;
        });
        if (call.isAnswered()) {
            // Its login ended before it was added.
            remove(bean, call);
        } else if (call.mark().isEmpty()) {
            // A page that has just been opened need not wait for the next second.
            askNow();
        } else {
            askLater();
        }
    }

    void remove(ObjectName bean, WaitingCall call) {
        waiting.computeIfPresent(bean, (name, calls) -> {
            calls.remove(call);
            return calls.isEmpty() ? null : calls;
        });
    }

    private void askNow() {
        if (scheduledNow.compareAndSet(false, true)) {
            timer.execute(() -> ask(scheduledNow));
        }
    }

    private void askLater() {
        if (scheduled.compareAndSet(false, true)) {
            timer.schedule(() -> ask(scheduled), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void ask(AtomicBoolean begun) {
        begun.set(false);
        try {
            waiting.keySet().forEach(this::askAside);
        } catch (RejectedExecutionException closed) {
            return;
        } catch (RuntimeException e) {
            LOG.warn("Changes of jobs cannot be told to the pages; trying again: {}", e.toString());
        }
        if (!waiting.isEmpty()) {
            askLater();
        }
    }

    /** In another thread: a job store that does not answer must not delay the pages of other Camel contexts. */
    private void askAside(ObjectName bean) {
        // A session does not tell the calls that began while it was ending.
        calls(bean).stream().filter(call -> !call.isLoggedIn()).forEach(call -> call.refuse(HttpServletResponse.SC_FORBIDDEN));
        if (asked.add(bean)) {
            questions.execute(() -> {
                try {
                    ask(bean);
                } finally {
                    asked.remove(bean);
                }
            });
        }
    }

    private void ask(ObjectName bean) {
        try {
            String mark = (String) server.invoke(bean, "changes", null, null);
            calls(bean).stream().filter(call -> mark.isEmpty() || !mark.equals(call.mark())).forEach(call -> call.answer(mark));
        } catch (InstanceNotFoundException ended) {
            calls(bean).forEach(call -> call.refuse(HttpServletResponse.SC_NOT_FOUND));
        } catch (JMException | RuntimeException away) {
            // The job store does not answer. The page learns that from its other requests; the calls wait on.
            LOG.debug("Whether jobs have changed is not known now: {}", away.toString());
        }
    }

    private List<WaitingCall> calls(ObjectName bean) {
        return List.copyOf(waiting.getOrDefault(bean, Set.of()));
    }

    @Override
    public void close() {
        timer.shutdown();
        questions.shutdown();
    }
}
