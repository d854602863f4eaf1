// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import io.github.grokvideo.component.camel.observe.jobs.JobObserver;

/** The metrics in use, without a dependency on Micrometer. */
interface Metrics extends JobObserver, AutoCloseable {

    @Override
    void close();
}
