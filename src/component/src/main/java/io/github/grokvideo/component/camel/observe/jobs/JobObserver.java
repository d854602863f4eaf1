// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import io.github.grokvideo.component.engine.GatewayCall;

/** Follows jobs and their calls. Called on the engine's and the transport's threads: return at once. */
@FunctionalInterface
public interface JobObserver {

    /** In order for one job. */
    void onChange(JobChange change);

    /** A call has ended; what it does to its job comes afterwards. */
    default void onCall(GatewayCall call) {
    }
}
