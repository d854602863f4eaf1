// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.trace;

import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.JobObserver;

/** The tracing in use. */
public interface Spans extends JobObserver {

    /** @return parent for child spans of the call's span; null = the call is not traced */
    Object current();

    /** Closes all open spans; nothing more will be reported. */
    void end();

    /** No tracing on the class path. */
    Spans NONE = new Spans() {
        @Override
        public Object current() {
            return null;
        }

        @Override
        public void end() {
            // No spans are open.
        }

        @Override
        public void onChange(JobChange change) {
            // Not traced.
        }
    };
}
