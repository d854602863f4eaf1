// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Executors for libraries that interrupt threads on shutdown. Interrupting a thread that writes to an H2 database closes its file, and thus
 * the database for all. Here running tasks finish instead.
 */
final class Uninterrupted {

    private Uninterrupted() {
    }

    /** @return the executor, with a {@code shutdownNow} that lets running tasks finish */
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
