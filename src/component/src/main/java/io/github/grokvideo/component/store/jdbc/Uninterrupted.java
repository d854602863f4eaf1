// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Executors for libraries that end theirs by interrupts. An interrupt of a thread that writes to an H2 database closes its file, and with
 * it the database for all. What is under way comes to its end instead.
 */
final class Uninterrupted {

    private Uninterrupted() {
    }

    /** @return the executor, with a {@code shutdownNow} that lets all tasks end that it has begun */
    static <E extends ExecutorService> E of(Class<E> type, E executor) {
        return type.cast(Proxy.newProxyInstance(Uninterrupted.class.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> {
            if (method.getName().equals("shutdownNow")) {
                executor.shutdown();
                return notBegun(executor);
            }
            try {
                return method.invoke(executor, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static List<Runnable> notBegun(ExecutorService executor) {
        List<Runnable> tasks = new ArrayList<>();
        if (executor instanceof ThreadPoolExecutor pool) {
            pool.getQueue().drainTo(tasks);
        }
        return tasks;
    }
}
