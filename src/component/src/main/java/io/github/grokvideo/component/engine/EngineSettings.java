// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Settings that apply to all accounts of an engine. Immutable. The defaults are those of the component's options. */
public final class EngineSettings {

    /** One day: the lifetime of the gateways' URLs. */
    public static final Duration DAY = Duration.ofHours(24);
    /** 64 MiB: about twice the size of today's longest videos, and small enough for small disks. */
    public static final long MIN_FREE_SPACE = 64L << 20;

    private final Builder values;

    private EngineSettings(Builder values) {
        this.values = values;
    }

    /** @param workDirectory where files are kept until they are delivered */
    public static Builder builder(Path workDirectory) {
        return new Builder(workDirectory);
    }

    /** Limits maxRetryAfter to less than a URL's lifetime, since one Retry-After delays all status queries of an account. */
    public Duration longestRetryAfter() {
        Duration most = DAY.dividedBy(2);
        return maxRetryAfter().compareTo(most) > 0 ? most : maxRetryAfter();
    }

    public int maxDownloads() {
        return Math.max(1, ioThreads() / 2);
    }

    /** @return where files are kept until they are delivered */
    public Path workDirectory() {
        return values.workDirectory;
    }

    /** @return timeout of one POST, from connecting to the last byte */
    public Duration submitTimeout() {
        return values.submitTimeout;
    }

    /** @return how long a submit is retried after rejections that created nothing */
    public Duration submitRetryTimeout() {
        return values.submitRetryTimeout;
    }

    /** @return timeout of one status query */
    public Duration pollTimeout() {
        return values.pollTimeout;
    }

    /** @return timeout of one download attempt */
    public Duration downloadTimeout() {
        return values.downloadTimeout;
    }

    /** @return longest time without a byte */
    public Duration downloadIdleTimeout() {
        return values.downloadIdleTimeout;
    }

    /** @return largest video in bytes */
    public long maxFileSize() {
        return values.maxFileSize;
    }

    /** @return concurrent gateway calls that hold a thread each; half as many downloads */
    public int ioThreads() {
        return values.ioThreads;
    }

    /** @return how long an undelivered file is kept */
    public Duration keepUndelivered() {
        return values.keepUndelivered;
    }

    /** @return how long an ended job is remembered by its jobKey */
    public Duration keepKeys() {
        return values.keepKeys;
    }

    /** @return how long an ended job without a jobKey is remembered */
    public Duration keepJobs() {
        return values.keepJobs;
    }

    /** @return how long a job whose node has ended is held back from {@code completed}, since its message may be redelivered */
    public Duration orphanAfter() {
        return values.orphanAfter;
    }

    /** @return whether prompts are stored */
    public boolean storePrompts() {
        return values.storePrompts;
    }

    /** @return bytes that must be free in a video's directory before its job is submitted; capped at maxFileSize */
    public long minFreeSpace() {
        return values.minFreeSpace;
    }

    /** @return how long a gateway must keep reporting a task as unknown before the job counts as lost */
    public Duration jobNotFoundAfter() {
        return values.jobNotFoundAfter;
    }

    /** @return how long gateways that delete uploads by themselves keep them */
    public Duration keepUploads() {
        return values.keepUploads;
    }

    /** @return what jobs may cost */
    public Spending spending() {
        return values.spending;
    }

    /** @return longest Retry-After that is honoured; see {@link EngineSettings#longestRetryAfter} */
    public Duration maxRetryAfter() {
        return values.maxRetryAfter;
    }

    /** Builds settings. Values that are not set have the component's defaults. Not thread-safe. */
    public static final class Builder implements Cloneable {

        private final Path workDirectory;
        private Duration submitTimeout = Duration.ofSeconds(60);
        private Duration submitRetryTimeout = Duration.ofSeconds(60);
        private Duration pollTimeout = Duration.ofSeconds(30);
        private Duration downloadTimeout = Duration.ofMinutes(30);
        private Duration downloadIdleTimeout = Duration.ofSeconds(30);
        private long maxFileSize = 2L << 30;
        private int ioThreads = 32;
        private Duration keepUndelivered = Duration.ofDays(7);
        private Duration keepKeys = Duration.ofDays(30);
        private Duration keepJobs = DAY;
        private Duration orphanAfter = DAY;
        private boolean storePrompts = true;
        private long minFreeSpace = MIN_FREE_SPACE;
        private Duration jobNotFoundAfter = Duration.ofMinutes(10);
        private Duration maxRetryAfter = Duration.ofMinutes(10);
        private Duration keepUploads = DAY;
        private Spending spending = Spending.UNLIMITED;

        private Builder(Path workDirectory) {
            this.workDirectory = Objects.requireNonNull(workDirectory, "workDirectory");
        }

        public Builder submitTimeout(Duration value) {
            submitTimeout = value;
            return this;
        }

        public Builder keepUploads(Duration value) {
            keepUploads = value;
            return this;
        }

        public Builder submitRetryTimeout(Duration value) {
            submitRetryTimeout = value;
            return this;
        }

        public Builder pollTimeout(Duration value) {
            pollTimeout = value;
            return this;
        }

        public Builder downloadTimeout(Duration value) {
            downloadTimeout = value;
            return this;
        }

        public Builder downloadIdleTimeout(Duration value) {
            downloadIdleTimeout = value;
            return this;
        }

        public Builder maxFileSize(long value) {
            maxFileSize = value;
            return this;
        }

        public Builder ioThreads(int value) {
            ioThreads = value;
            return this;
        }

        public Builder keepUndelivered(Duration value) {
            keepUndelivered = value;
            return this;
        }

        public Builder keepKeys(Duration value) {
            keepKeys = value;
            return this;
        }

        public Builder keepJobs(Duration value) {
            keepJobs = value;
            return this;
        }

        public Builder orphanAfter(Duration value) {
            orphanAfter = value;
            return this;
        }

        public Builder storePrompts(boolean value) {
            storePrompts = value;
            return this;
        }

        public Builder minFreeSpace(long value) {
            minFreeSpace = value;
            return this;
        }

        public Builder jobNotFoundAfter(Duration value) {
            jobNotFoundAfter = value;
            return this;
        }

        public Builder maxRetryAfter(Duration value) {
            maxRetryAfter = value;
            return this;
        }

        public Builder spending(Spending value) {
            spending = value;
            return this;
        }

        public EngineSettings build() {
            try {
                return new EngineSettings((Builder) clone());
            } catch (CloneNotSupportedException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
