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
 */
public record EngineSettings(
        Path workDirectory, Duration submitTimeout, Duration submitRetryTimeout, Duration pollTimeout, Duration downloadTimeout,
        Duration downloadIdleTimeout, long maxFileSize, int ioThreads, Duration keepUndelivered, Duration keepKeys) {

    public int maxDownloads() {
        return Math.max(1, ioThreads / 2);
    }
}
