// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

/** Which videos the simulator serves. */
public enum VideoMode {
    /** Every job has its own video, which shows its prompt and id. */
    UNIQUE,
    /** Jobs of the same picture size share one clip, encoded once: for tests with thousands of jobs. */
    SHARED
}
