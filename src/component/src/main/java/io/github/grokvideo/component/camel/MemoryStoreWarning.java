// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.atomic.AtomicBoolean;
import io.github.grokvideo.component.store.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once for each component that uses what needs a durable job store without one. Thread-safe. */
final class MemoryStoreWarning {

    private static final Logger LOG = LoggerFactory.getLogger(GrokVideoComponent.class);

    private final AtomicBoolean given = new AtomicBoolean();

    /** @param what is used, an operation or an option */
    void warn(JobStore store, String what) {
        if (!store.isDurable() && given.compareAndSet(false, true)) {
            LOG.warn("{} is used with the in-memory job store: jobs and their keys are lost when the JVM ends. Set"
                    + " jobStore=file:<directory> to keep them on this machine, or use a DataSource for several nodes.", what);
        }
    }
}
