// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What holds for all accounts of an engine.
 *
 * @param workDirectory       where files are kept until they are delivered
 * @param submitTimeout       for one POST, connection to last byte
 * @param submitRetryTimeout  how long rejections that created nothing are repeated
 * @param pollTimeout         for one status query
 * @param downloadTimeout     for one download attempt
 * @param downloadIdleTimeout longest time without a byte
 * @param maxFileSize         bytes
 * @param ioThreads           calls to gateways at once; half as many downloads
 * @param keepUndelivered     how long a file nobody took is kept
 * @param keepKeys            how long an ended job is remembered by its jobKey
 * @param keepJobs            how long an ended job without a jobKey is remembered
 * @param orphanAfter         how long the message of a job whose node has ended may still come again, before {@code completed} gets it
 * @param storePrompts        whether rows hold prompts
 * @param minFreeSpace        bytes that must be free where a video is put for its job to be submitted; not more than maxFileSize counts
 * @param jobNotFoundAfter    how long a gateway must go on not knowing a task before the job counts as lost
 * @param maxRetryAfter       longest wait that a gateway's Retry-After is granted; see {@link #longestRetryAfter}
 */
public record EngineSettings(
        Path workDirectory, Duration submitTimeout, Duration submitRetryTimeout, Duration pollTimeout, Duration downloadTimeout,
        Duration downloadIdleTimeout, long maxFileSize, int ioThreads, Duration keepUndelivered, Duration keepKeys, Duration keepJobs,
        Duration orphanAfter, boolean storePrompts, long minFreeSpace, Duration jobNotFoundAfter, Duration maxRetryAfter) {

    /** A day: as long as the gateways' URLs live. */
    public static final Duration DAY = Duration.ofHours(24);
    /** 64 MiB: the longest videos of today weigh half of it, and a small disk stays of use. */
    public static final long MIN_FREE_SPACE = 64L << 20;

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** Settings with the defaults of the component for free space and for what gateways are granted. */
    public EngineSettings(
            Path workDirectory, Duration submitTimeout, Duration submitRetryTimeout, Duration pollTimeout, Duration downloadTimeout,
            Duration downloadIdleTimeout, long maxFileSize, int ioThreads, Duration keepUndelivered, Duration keepKeys, Duration keepJobs,
            Duration orphanAfter, boolean storePrompts) {
        this(workDirectory, submitTimeout, submitRetryTimeout, pollTimeout, downloadTimeout, downloadIdleTimeout, maxFileSize, ioThreads,
                keepUndelivered, keepKeys, keepJobs, orphanAfter, storePrompts, MIN_FREE_SPACE, TEN_MINUTES, TEN_MINUTES);
    }

    /** Settings with the defaults of the component for what is kept. */
    public EngineSettings(
            Path workDirectory, Duration submitTimeout, Duration submitRetryTimeout, Duration pollTimeout, Duration downloadTimeout,
            Duration downloadIdleTimeout, long maxFileSize, int ioThreads, Duration keepUndelivered, Duration keepKeys) {
        this(workDirectory, submitTimeout, submitRetryTimeout, pollTimeout, downloadTimeout, downloadIdleTimeout, maxFileSize, ioThreads,
                keepUndelivered, keepKeys, DAY, DAY, true);
    }

    /** Never as long as a URL lives: one Retry-After holds up all status queries of an account. */
    public Duration longestRetryAfter() {
        Duration most = DAY.dividedBy(2);
        return maxRetryAfter.compareTo(most) > 0 ? most : maxRetryAfter;
    }

    public int maxDownloads() {
        return Math.max(1, ioThreads / 2);
    }
}
