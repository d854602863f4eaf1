// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.trace;

import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.JobObserver;

/** The tracing in use. */
public interface Spans extends JobObserver {

    /** @return the call's span, to go on below it; null = it is not traced */
    Object current();

    /** Nothing more is told: what is open is closed. */
    void end();

    /** No tracing on the class path. */
    Spans NONE = new Spans() {
        @Override
        public Object current() {
            return null;
        }

        @Override
        public void end() {
            // Nothing is open.
        }

        @Override
        public void onChange(JobChange change) {
            // Nobody looks.
        }
    };
}
