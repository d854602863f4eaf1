// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

/** Is notified of jobs while a request is pending, so it must return at once. */
public interface JobListener {

    /** A job has been created. */
    void accepted(SimulatedJob job);

    /** A request has changed something in {@link SimulatedJob#change()}. */
    void changed(SimulatedJob job);
}
