// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.options;

import java.time.Duration;
import io.github.grokvideo.component.engine.EngineSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.spi.Metadata;

/** The component options that apply to all its endpoints. */
public abstract class EngineOptions extends SpendingOptions {

    @Metadata(label = "advanced", defaultValue = "memory",
              description = "Where jobs are kept: memory, for the life of the JVM; file:DIRECTORY, durable on this machine, in an H2 "
                            + "database that the component creates; #name of a javax.sql.DataSource (PostgreSQL or H2 file) or of a "
                            + "custom JobStore; or jdbc, the only DataSource in the registry.")
    private Object jobStore;
    @Metadata(label = "advanced", defaultValue = "true",
              description = "Whether the tables of a jobStore in a database are created and updated. If false, you run "
                            + "the files in db/grokvideo of the jar yourself.")
    private boolean createSchema = true;
    @Metadata(label = "advanced", defaultValue = "${java.io.tmpdir}/grokvideo",
              description = "Where videos are downloaded to and kept until they are delivered.")
    private String workDirectory = System.getProperty("java.io.tmpdir") + "/grokvideo";
    @Metadata(label = "advanced", defaultValue = "32",
              description = "Threads for submits, uploads and downloads (half as many), 1 or more. Waiting jobs need none, nor do status "
                            + "queries in flight, unless Camel HTTP has settings that only its own client knows.")
    private int ioThreads = 32;
    @Metadata(label = "advanced", defaultValue = "60s",
              description = "How long one submit may take, from the connection to the last byte of the answer.")
    private Duration submitTimeout = Duration.ofSeconds(60);
    @Metadata(label = "advanced", defaultValue = "24h",
              description = "How long xAI keeps images and videos that were uploaded for a job, if they cannot be deleted when the job"
                            + " has ended: 1 hour to 30 days.")
    private Duration keepUploads = Duration.ofHours(24);
    @Metadata(label = "advanced", defaultValue = "60s",
              description = "How long a submit that provably created nothing is retried, for example after HTTP 429. 0 = never.")
    private Duration submitRetryTimeout = Duration.ofSeconds(60);
    @Metadata(label = "advanced", defaultValue = "10m",
              description = "How long a gateway must go on answering a job's status queries with 404 before the job ends with "
                            + "JobNotFoundException. The time starts again with any other answer, and when the process starts. 0 = "
                            + "after three such answers.")
    private Duration jobNotFoundAfter = Duration.ofMinutes(10);
    @Metadata(label = "advanced", defaultValue = "10m",
              description = "The longest Retry-After of a gateway that is honored: one such answer delays all status queries of an "
                            + "account. Never more than 12 hours, since the gateways' URLs live for a day.")
    private Duration maxRetryAfter = Duration.ofMinutes(10);
    @Metadata(label = "advanced", defaultValue = "10s",
              description = "How long connecting to a gateway may take.")
    private Duration connectTimeout = Duration.ofSeconds(10);
    @Metadata(label = "advanced", defaultValue = "30m",
              description = "How long one attempt of a download may take.")
    private Duration downloadTimeout = Duration.ofMinutes(30);
    @Metadata(label = "advanced", defaultValue = "30s",
              description = "How long a download may go without receiving a byte.")
    private Duration downloadIdleTimeout = Duration.ofSeconds(30);
    @Metadata(label = "advanced", defaultValue = "2147483648",
              description = "Largest video that is downloaded, in bytes. Default 2 GiB.")
    private long maxFileSize = 2L * 1024 * 1024 * 1024;
    @Metadata(label = "advanced", defaultValue = "67108864",
              description = "Free bytes required where a video is put; with less, nothing is submitted for it. Never more than "
                            + "maxFileSize is required. Default 64 MiB. 0 = free space is not checked.")
    private long minFreeSpace = EngineSettings.MIN_FREE_SPACE;
    @Metadata(label = "advanced", defaultValue = "7d",
              description = "How long a downloaded video is kept if the work on it has not succeeded, and the outcome of a submit if "
                            + "no completed takes it.")
    private Duration keepUndelivered = Duration.ofDays(7);
    @Metadata(label = "advanced", defaultValue = "30d",
              description = "How long ended jobs are kept, and with them their jobKeys. Must be longer than the time in which the "
                            + "source may redeliver its messages.")
    private Duration keepKeys = Duration.ofDays(30);
    @Metadata(label = "advanced", defaultValue = "1d",
              description = "How long jobs without a jobKey are kept after they have ended.")
    private Duration keepJobs = Duration.ofDays(1);
    @Metadata(label = "advanced", defaultValue = "24h",
              description = "How long a job whose process has ended waits for its message to be redelivered and take its video. After "
                            + "that, grokvideo:completed delivers the job.")
    private Duration orphanAfter = Duration.ofHours(24);
    @Metadata(label = "advanced", defaultValue = "true",
              description = "Whether the job store keeps prompts. If false, a job cannot be submitted again from its row.")
    private boolean storePrompts = true;
    @Metadata(label = "advanced", defaultValue = "false",
              description = "Whether all nodes of the job store have the same workDirectory, so that each can deliver every video. "
                            + "Checked at startup. If false, a video is delivered by the node that has it, and fetched again if that "
                            + "node has ended.")
    private boolean sharedWorkDirectory;
    @Metadata(label = "advanced", defaultValue = "false",
              description = "Whether JMX and consoles show prompts, negative prompts and additional fields.")
    private boolean showPrompts;
    @Metadata(label = "advanced", defaultValue = "2d",
              description = "How long a job may be open before the health check grokvideo-open-jobs is down.")
    private Duration healthOpenJobLimit = Duration.ofHours(48);
    @Metadata(label = "advanced", defaultValue = "10m",
              description = "How long status queries may go without an answer, while jobs wait, before the health check"
                            + " grokvideo-polls is down.")
    private Duration healthPollLimit = Duration.ofMinutes(10);

    public EngineOptions() {
    }

    public EngineOptions(CamelContext context) {
        super(context);
    }

    public Object getJobStore() {
        return jobStore;
    }

    public void setJobStore(Object jobStore) {
        this.jobStore = jobStore;
    }

    public boolean isCreateSchema() {
        return createSchema;
    }

    public void setCreateSchema(boolean createSchema) {
        this.createSchema = createSchema;
    }

    @ManagedAttribute(description = "Where videos are downloaded to and kept until they are delivered")
    public String getWorkDirectory() {
        return workDirectory;
    }

    public void setWorkDirectory(String workDirectory) {
        this.workDirectory = workDirectory;
    }

    @ManagedAttribute(description = "Threads for submits, uploads, downloads and the due steps of detached jobs in a database")
    public int getIoThreads() {
        return ioThreads;
    }

    public void setIoThreads(int ioThreads) {
        this.ioThreads = ioThreads;
    }

    public Duration getSubmitTimeout() {
        return submitTimeout;
    }

    public void setSubmitTimeout(Duration submitTimeout) {
        this.submitTimeout = submitTimeout;
    }

    public Duration getKeepUploads() {
        return keepUploads;
    }

    public void setKeepUploads(Duration keepUploads) {
        this.keepUploads = keepUploads;
    }

    public Duration getSubmitRetryTimeout() {
        return submitRetryTimeout;
    }

    public void setSubmitRetryTimeout(Duration submitRetryTimeout) {
        this.submitRetryTimeout = submitRetryTimeout;
    }

    public Duration getJobNotFoundAfter() {
        return jobNotFoundAfter;
    }

    public void setJobNotFoundAfter(Duration jobNotFoundAfter) {
        this.jobNotFoundAfter = jobNotFoundAfter;
    }

    public Duration getMaxRetryAfter() {
        return maxRetryAfter;
    }

    public void setMaxRetryAfter(Duration maxRetryAfter) {
        this.maxRetryAfter = maxRetryAfter;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getDownloadTimeout() {
        return downloadTimeout;
    }

    public void setDownloadTimeout(Duration downloadTimeout) {
        this.downloadTimeout = downloadTimeout;
    }

    public Duration getDownloadIdleTimeout() {
        return downloadIdleTimeout;
    }

    public void setDownloadIdleTimeout(Duration downloadIdleTimeout) {
        this.downloadIdleTimeout = downloadIdleTimeout;
    }

    @ManagedAttribute(description = "Largest video that is downloaded, in bytes")
    public long getMaxFileSize() {
        return maxFileSize;
    }

    public void setMaxFileSize(long maxFileSize) {
        this.maxFileSize = maxFileSize;
    }

    @ManagedAttribute(description = "Free bytes required where a video is put; 0 = free space is not checked")
    public long getMinFreeSpace() {
        return minFreeSpace;
    }

    public void setMinFreeSpace(long minFreeSpace) {
        this.minFreeSpace = minFreeSpace;
    }

    public Duration getKeepUndelivered() {
        return keepUndelivered;
    }

    public void setKeepUndelivered(Duration keepUndelivered) {
        this.keepUndelivered = keepUndelivered;
    }

    public Duration getKeepKeys() {
        return keepKeys;
    }

    public void setKeepKeys(Duration keepKeys) {
        this.keepKeys = keepKeys;
    }

    public Duration getKeepJobs() {
        return keepJobs;
    }

    public void setKeepJobs(Duration keepJobs) {
        this.keepJobs = keepJobs;
    }

    public Duration getOrphanAfter() {
        return orphanAfter;
    }

    public void setOrphanAfter(Duration orphanAfter) {
        this.orphanAfter = orphanAfter;
    }

    @ManagedAttribute(description = "Whether the job store holds prompts")
    public boolean isStorePrompts() {
        return storePrompts;
    }

    public void setStorePrompts(boolean storePrompts) {
        this.storePrompts = storePrompts;
    }

    public boolean isSharedWorkDirectory() {
        return sharedWorkDirectory;
    }

    public void setSharedWorkDirectory(boolean sharedWorkDirectory) {
        this.sharedWorkDirectory = sharedWorkDirectory;
    }

    @ManagedAttribute(description = "Whether JMX and consoles show prompts")
    public boolean isShowPrompts() {
        return showPrompts;
    }

    public void setShowPrompts(boolean showPrompts) {
        this.showPrompts = showPrompts;
    }

    public Duration getHealthOpenJobLimit() {
        return healthOpenJobLimit;
    }

    public void setHealthOpenJobLimit(Duration healthOpenJobLimit) {
        this.healthOpenJobLimit = healthOpenJobLimit;
    }

    public Duration getHealthPollLimit() {
        return healthPollLimit;
    }

    public void setHealthPollLimit(Duration healthPollLimit) {
        this.healthPollLimit = healthPollLimit;
    }
}
