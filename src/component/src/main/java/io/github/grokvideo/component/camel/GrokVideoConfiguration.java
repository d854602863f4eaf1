// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.LinkedHashMap;
import io.github.grokvideo.component.camel.options.RequestConfiguration;
import io.github.grokvideo.component.engine.VideoOrder.OnBudget;
import io.github.grokvideo.component.engine.VideoOrder.OnFailedKey;
import io.github.grokvideo.component.engine.VideoOrder.SubmitUnknown;
import io.github.grokvideo.component.job.FileExist;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint; each defaults to the component's value. */
@UriParams
public class GrokVideoConfiguration extends RequestConfiguration {

    @UriParam(label = "account",
              description = "Name of a registry bean of type GrokVideoAccount that pays. Unset: the account named default, made of "
                            + "the options of the component. Header: CamelGrokVideoAccount. On completed: only jobs of this account.")
    private String account;
    @UriParam(label = "producer,account",
              description = "Names of accounts, separated by commas, that generate and submit try in this order if the account before "
                            + "has certainly created and charged nothing: too little credit, a rate limit, a spend limit, a refused "
                            + "request or key, no connection, or a request that its gateway cannot do. Never after a lost answer, and "
                            + "never once a gateway has accepted the job.")
    private String failover;
    @UriParam(label = "delivery", defaultValue = "file", enums = "file,stream,url",
              description = "What the body becomes: the file, a stream of it, or the URL at the gateway without a download.")
    private GrokVideoOutput output = GrokVideoOutput.file;
    @UriParam(label = "producer,delivery",
              description = "Where finished videos are stored permanently, as <job id>.mp4 or as fileName says. Unset: the file "
                            + "belongs to the component, which deletes it when the work on the message has succeeded.")
    private String directory;
    @UriParam(label = "producer,delivery",
              description = "Name of the video in directory; .mp4 is added if it is missing. Usually set per message by the header "
                            + "CamelGrokVideoFileName. The job keeps the name through restarts.")
    private String fileName;
    @UriParam(label = "producer,delivery", defaultValue = "Rename", enums = "Rename,Fail,Override",
              description = "What happens if fileName is taken. Rename: the first free name is used (fox-2.mp4). Fail: nothing is "
                            + "sent. Override: the new video replaces the file.")
    private FileExist fileExist = FileExist.Rename;
    @UriParam(label = "producer,delivery", defaultValue = "1h",
              description = "How long generate and await wait, from the start of the call, for a free slot at the gateway, the submit "
                            + "and the video. It ends the wait, not the job. 0 = only if the video is ready, which costs one status "
                            + "query at most.")
    private Duration waitTimeout = Duration.ofHours(1);
    @UriParam(label = "producer,delivery", defaultValue = "false",
              description = "Whether generate and await keep waiting through what does not end their job: the end of waitTimeout, a "
                            + "failed download, a rate limit of the gateway, an unavailable store or disk. submit keeps trying through "
                            + "what keeps its account from submitting: a rate limit, a refused key, too little credit, a spend limit, "
                            + "an unavailable store or disk. They pause between attempts, up to 5 minutes and without a thread, and "
                            + "never pay twice. Ends with the job, or when the route stops. Not with waitTimeout=0.")
    private boolean keepWaiting;
    @UriParam(label = "producer,delivery",
              description = "A key that identifies the work, also across messages and restarts: a second call with it attaches to the "
                            + "same job and costs nothing. Usually set per message by the header CamelGrokVideoJobKey.")
    private String jobKey;
    @UriParam(label = "producer,delivery", defaultValue = "true",
              description = "Whether a message without a jobKey gets one if it can be identified (a file; a message of JMS, Kafka, "
                            + "SQS, RabbitMQ, Pub/Sub or Service Bus; or one that a MessageIdentity bean identifies), so that it "
                            + "attaches to its job when it is redelivered.")
    private boolean autoJobKey = true;
    @UriParam(label = "producer,delivery", defaultValue = "fail", enums = "fail,resubmit",
              description = "What happens if the job of a jobKey has failed, was moderated or has expired: the same error again "
                            + "without spending, or a new job.")
    private OnFailedKey onFailedKey = OnFailedKey.FAIL;
    @UriParam(label = "producer,delivery", defaultValue = "fail", enums = "fail,resubmit",
              description = "What happens if a job may or may not exist because the answer of the gateway was lost: the same error "
                            + "again without spending, or a new job at the risk of paying twice.")
    private SubmitUnknown submitUnknown = SubmitUnknown.FAIL;
    @UriParam(label = "producer,delivery", defaultValue = "fail", enums = "fail,wait",
              description = "What happens if a budget has no room for a job: SpendLimitException, or the job waits until there is room, "
                            + "in order and without a thread.")
    private OnBudget onBudget = OnBudget.FAIL;
    @UriParam(label = "delivery",
              description = "A word stored with the job, to find and route it by. Header: CamelGrokVideoTag. On completed: only jobs "
                            + "with this tag.")
    private String tag;
    @UriParam(label = "producer,delivery", defaultValue = "0",
              description = "Which of the waiting jobs of the same account and tag is sent first: the one with the higher number, from "
                            + "-9 to 9. Header: CamelGrokVideoPriority.")
    private int priority;
    @UriParam(label = "producer,security",
              description = "Comma-separated directories from which a message may name images and videos: by a path or a file: URL in "
                            + "its text, in JSON or in a Map. Links out of them are not followed, and relative paths are looked up in "
                            + "them, or beside the prompt file. Unset, or none: no file that a message names is read. What the route's "
                            + "author sets is not restricted: options, headers, and File, Path and VideoRequest objects.")
    private String mediaDirectories;
    @UriParam(label = "producer,advanced",
              description = "Endpoint that makes local images and videos fetchable for gateways that only take URLs: it gets the "
                            + "media as its body and answers with the http(s) URL, within submitTimeout.")
    private String mediaPublisher;

    /** @return a copy that shares no mutable state */
    public GrokVideoConfiguration copy() {
        try {
            GrokVideoConfiguration copy = (GrokVideoConfiguration) clone();
            copy.setAdditionalFields(getAdditionalFields() == null ? null : new LinkedHashMap<>(getAdditionalFields()));
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return what happens if a budget has no room */
    public OnBudget getOnBudget() {
        return onBudget;
    }

    /** @param onBudget what happens if a budget has no room */
    public void setOnBudget(OnBudget onBudget) {
        this.onBudget = onBudget;
    }

    /** @return name of the account that pays; null = the account of the component's options */
    public String getAccount() {
        return account;
    }

    /** @param account name of the account that pays; null = the account of the component's options */
    public void setAccount(String account) {
        this.account = account;
    }

    /** @return names of the accounts to try after {@code account}, separated by commas; null = none */
    public String getFailover() {
        return failover;
    }

    /** @param failover names of the accounts to try after {@code account}, separated by commas; blank counts as null, since a Kamelet
     *                 passes an unset parameter as blank */
    public void setFailover(String failover) {
        this.failover = failover == null || failover.isBlank() ? null : failover;
    }

    /** @return what the body becomes */
    public GrokVideoOutput getOutput() {
        return output;
    }

    /** @param output what the body becomes */
    public void setOutput(GrokVideoOutput output) {
        this.output = output;
    }

    /** @return where videos are stored permanently; null = the work directory */
    public String getDirectory() {
        return directory;
    }

    /** @param directory where videos are stored permanently; null = the work directory */
    public void setDirectory(String directory) {
        this.directory = directory;
    }

    /** @return name of the video in the directory; null = the job's id */
    public String getFileName() {
        return fileName;
    }

    /** @param fileName name of the video in the directory; blank counts as null, since a Kamelet passes an unset parameter as blank */
    public void setFileName(String fileName) {
        this.fileName = fileName == null || fileName.isBlank() ? null : fileName;
    }

    /** @return what happens if the file name already exists */
    public FileExist getFileExist() {
        return fileExist;
    }

    /** @param fileExist what happens if the file name already exists */
    public void setFileExist(FileExist fileExist) {
        this.fileExist = fileExist;
    }

    /** @return how long a call waits for the video; 0 = only if it is ready */
    public Duration getWaitTimeout() {
        return waitTimeout;
    }

    /** @param waitTimeout how long a call waits for the video, 0 or more; 0 = only if it is ready */
    public void setWaitTimeout(Duration waitTimeout) {
        this.waitTimeout = waitTimeout;
    }

    /** @return whether calls keep waiting through temporary failures */
    public boolean isKeepWaiting() {
        return keepWaiting;
    }

    /** @param keepWaiting whether calls keep waiting through temporary failures */
    public void setKeepWaiting(boolean keepWaiting) {
        this.keepWaiting = keepWaiting;
    }

    /** @return key that identifies the work; null = none */
    public String getJobKey() {
        return jobKey;
    }

    /** @param jobKey key that identifies the work; null = none */
    public void setJobKey(String jobKey) {
        this.jobKey = jobKey;
    }

    /** @return whether identifiable messages without a job key get one */
    public boolean isAutoJobKey() {
        return autoJobKey;
    }

    /** @param autoJobKey whether identifiable messages without a job key get one */
    public void setAutoJobKey(boolean autoJobKey) {
        this.autoJobKey = autoJobKey;
    }

    /** @return what happens if the job of a key has failed */
    public OnFailedKey getOnFailedKey() {
        return onFailedKey;
    }

    /** @param onFailedKey what happens if the job of a key has failed */
    public void setOnFailedKey(OnFailedKey onFailedKey) {
        this.onFailedKey = onFailedKey;
    }

    /** @return what happens if a job may or may not exist */
    public SubmitUnknown getSubmitUnknown() {
        return submitUnknown;
    }

    /** @param submitUnknown what happens if a job may or may not exist */
    public void setSubmitUnknown(SubmitUnknown submitUnknown) {
        this.submitUnknown = submitUnknown;
    }

    /** @return comma-separated directories from which messages may name files; null = none */
    public String getMediaDirectories() {
        return mediaDirectories;
    }

    /** @param mediaDirectories comma-separated directories from which messages may name files; null = none */
    public void setMediaDirectories(String mediaDirectories) {
        this.mediaDirectories = mediaDirectories;
    }

    /** @return URI of the endpoint that publishes local media; null = none */
    public String getMediaPublisher() {
        return mediaPublisher;
    }

    /** @param mediaPublisher URI of the endpoint that publishes local media; null = none */
    public void setMediaPublisher(String mediaPublisher) {
        this.mediaPublisher = mediaPublisher;
    }

    /** @return priority among the waiting jobs of the same account and tag */
    public int getPriority() {
        return priority;
    }

    /** @param priority priority among the waiting jobs of the same account and tag, from -9 to 9; higher ones are sent first */
    public void setPriority(int priority) {
        this.priority = priority;
    }

    /** @return word stored with the job; null = none */
    public String getTag() {
        return tag;
    }

    /** @param tag word stored with the job; blank counts as null, since a Kamelet passes an unset parameter as blank */
    public void setTag(String tag) {
        this.tag = tag == null || tag.isBlank() ? null : tag;
    }
}
