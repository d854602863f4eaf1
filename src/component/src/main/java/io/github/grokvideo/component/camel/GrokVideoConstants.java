// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import org.apache.camel.spi.Metadata;

/**
 * The names of the component's headers. Request headers and result headers have different names, so that the results of one call do not
 * affect the next. In parentheses: the Java type of the value.
 */
public final class GrokVideoConstants extends GrokVideoRequestHeaders {

    /** Scheme of the component's endpoint URIs. */
    public static final String SCHEME = "grokvideo";

    /** Request: name of the account that pays (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Name of the account that pays.")
    public static final String ACCOUNT = "CamelGrokVideoAccount";
    /** Request: name of the video file (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Name of the video in the option directory; .mp4 is added if it is missing.")
    public static final String FILE_NAME = "CamelGrokVideoFileName";
    /** Request: key that identifies the work (String). */
    @Metadata(label = "request", javaType = "String",
              description = "A key that identifies the work: a second call with it attaches to the same job and costs nothing.")
    public static final String JOB_KEY = "CamelGrokVideoJobKey";
    /** Request: word stored with the job, up to 200 characters (String). */
    @Metadata(label = "request", javaType = "String",
              description = "A word stored with the job, up to 200 characters: completed can filter by it.")
    public static final String TAG = "CamelGrokVideoTag";
    /** Request: priority among the waiting jobs of the same account and tag, -9 to 9 (Integer). */
    @Metadata(label = "request", javaType = "Integer",
              description = "Which of the waiting jobs of the same account and tag is sent first: the one with the higher number, from "
                            + "-9 to 9. Without it: the option priority, 0 by default.")
    public static final String PRIORITY = "CamelGrokVideoPriority";
    /** Request: values stored with the job, up to 4 KiB in all (Map). */
    @Metadata(label = "request", javaType = "java.util.Map<String, String>",
              description = "Values stored with the job, up to 4 KiB in all: where to send the answer, for example.")
    public static final String METADATA = "CamelGrokVideoMetadata";
    /** Request: how long {@code status} may wait for the end of the job (Duration). */
    @Metadata(label = "request", javaType = "java.time.Duration",
              description = "status: how long the answer may wait for the job's end or video, for example 20s. No thread is held"
                            + " meanwhile. Default: it is answered at once.")
    public static final String STATUS_WAIT = "CamelGrokVideoStatusWait";
    /** Result: tag of the job (String). */
    @Metadata(label = "job", javaType = "String",
              description = "The tag the job was submitted with.")
    public static final String JOB_TAG = "CamelGrokVideoJobTag";
    /** Result: metadata of the job (Map). */
    @Metadata(label = "job", javaType = "java.util.Map<String, String>",
              description = "The metadata the job was submitted with. Absent if there was none.")
    public static final String JOB_METADATA = "CamelGrokVideoJobMetadata";
    /** {@code completed}: whether the job was delivered before (Boolean). */
    @Metadata(label = "completed", javaType = "Boolean",
              description = "completed: whether the job was delivered before, so that its route may already have done its work.")
    public static final String REDELIVERED = "CamelGrokVideoRedelivered";
    /** {@code completed}: number of this delivery, from 1 (Integer). */
    @Metadata(label = "completed", javaType = "Integer",
              description = "completed: the number of this delivery of the job, from 1.")
    public static final String DELIVERIES = "CamelGrokVideoDeliveries";
    /** {@code notify}: what became of the notice, such as {@code polled} or {@code forged} (String). */
    @Metadata(label = "webhook", javaType = "String",
              enums = "polled,elsewhere,settled,replayed,unknown_task,ignored,forged,unknown_key,stale,unreadable,oversized,unconfigured,"
                      + "unavailable",
              description = "notify: what became of the notice.")
    public static final String WEBHOOK = "CamelGrokVideoWebhook";
    /** Result, read by await and status: the component's id of the job (String). */
    @Metadata(label = "job", javaType = "String",
              description = "The component's id of the job. Read by await and status.")
    public static final String JOB_ID = "CamelGrokVideoJobId";
    /** Result, read by await and status: the gateway's id of the task (String). */
    @Metadata(label = "job", javaType = "String",
              description = "The id of the task at the gateway. Read by await and status if there is no job id, for a task submitted "
                            + "elsewhere.")
    public static final String TASK_ID = "CamelGrokVideoTaskId";
    /** Result: state of the job (String). */
    @Metadata(label = "job", javaType = "String",
              enums = "NEW,SUBMITTING,ACCEPTED,RUNNING,RENDERED,DOWNLOADED,DELIVERED,REJECTED,FAILED,MODERATED,EXPIRED,CANCELLED,"
                      + "UNKNOWN",
              description = "State of the job.")
    public static final String STATUS = "CamelGrokVideoStatus";
    /** Result: progress in percent, 0 to 100 (Integer). */
    @Metadata(label = "job", javaType = "Integer",
              description = "Progress in percent, 0 to 100, if the gateway reports it.")
    public static final String PROGRESS = "CamelGrokVideoProgress";
    /** Result: name of the gateway (String). */
    @Metadata(label = "job", javaType = "String",
              description = "Name of the gateway.")
    public static final String PROVIDER = "CamelGrokVideoProvider";
    /** Result: name of the account that paid (String). */
    @Metadata(label = "job", javaType = "String",
              description = "Name of the account that paid.")
    public static final String JOB_ACCOUNT = "CamelGrokVideoJobAccount";
    /** Result: model of the job (String). */
    @Metadata(label = "job", javaType = "String",
              description = "The model the job was submitted with.")
    public static final String JOB_MODEL = "CamelGrokVideoJobModel";
    /** Result: mode of the job (String). */
    @Metadata(label = "job", javaType = "String", enums = "text-to-video,image-to-video,reference-to-video,edit,extend,remix",
              description = "The mode the job was submitted with.")
    public static final String JOB_MODE = "CamelGrokVideoJobMode";
    /** Result: cost of the job; absent if unknown (BigDecimal). */
    @Metadata(label = "job", javaType = "java.math.BigDecimal",
              description = "The cost that the gateway reports for the job, else the estimate. Absent if unknown, never 0 for "
                            + "unknown.")
    public static final String COST = "CamelGrokVideoCost";
    /** Result: unit of the cost, USD or credits (String). */
    @Metadata(label = "job", javaType = "String",
              description = "Unit of the cost: USD, credits, or another unit of the gateway.")
    public static final String COST_UNIT = "CamelGrokVideoCostUnit";
    /** Result: whether the cost is an estimate (Boolean). */
    @Metadata(label = "job", javaType = "Boolean",
              description = "Whether the cost is the estimate: the gateway has not reported one.")
    public static final String COST_ESTIMATED = "CamelGrokVideoCostEstimated";
    /** Result: path of the stored video (String). */
    @Metadata(label = "job", javaType = "String",
              description = "Path of the video, if it was stored in the option directory.")
    public static final String FILE = "CamelGrokVideoFile";
    /** Result: size of the video in bytes (Long). */
    @Metadata(label = "job", javaType = "Long",
              description = "Size of the video in bytes.")
    public static final String SIZE = "CamelGrokVideoSize";
    /** Result: SHA-256 of the video, in hex (String). */
    @Metadata(label = "job", javaType = "String",
              description = "SHA-256 of the video, in hex.")
    public static final String SHA256 = "CamelGrokVideoSha256";
    /** Result: URL of the video at the gateway (String). */
    @Metadata(label = "job", javaType = "String",
              description = "URL of the video at the gateway. Its query lets anyone fetch the video: included only with output=url.")
    public static final String URL = "CamelGrokVideoUrl";
    /** Result: when the URL expires (Instant). */
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the URL expires, if the gateway reports it.")
    public static final String URL_EXPIRES_AT = "CamelGrokVideoUrlExpiresAt";
    /** Result: where the gateway has put the video itself (String). A route sets it to say where it has put the video. */
    @Metadata(label = "job", javaType = "String",
              description = "Where the gateway has put the video itself (uploadUrl), without the query. The body is empty then."
                      + " A route can set it to say where it has put the video, for people: a path, a key, an address."
                      + " It is stored with the job when the exchange has succeeded, and shown by status, list and the console.")
    public static final String DELIVERED_TO = "CamelGrokVideoDeliveredTo";
    /** Result: id under which the gateway keeps the video (String). */
    @Metadata(label = "job", javaType = "String",
              description = "Id under which the gateway keeps the video beyond the life of its URL (storage).")
    public static final String FILE_ID = "CamelGrokVideoFileId";
    /** Result: URL under which the gateway has published the video (String). */
    @Metadata(label = "job", javaType = "String",
              description = "URL under which the gateway has published the video (storage with publicUrl).")
    public static final String PUBLIC_URL = "CamelGrokVideoPublicUrl";
    /** Result: why the gateway could not keep or publish the video (String). */
    @Metadata(label = "job", javaType = "String",
              description = "Why the gateway could not keep or publish the video. The job has succeeded all the same.")
    public static final String STORAGE_ERROR = "CamelGrokVideoStorageError";
    /** What other accounts had answered before: option failover (List of Map). */
    @Metadata(label = "job", javaType = "java.util.List<java.util.Map<String, Object>>",
              description = "With the option failover: what the accounts that have not taken the request had answered, in order, each as "
                            + "a map of account, provider, jobId, type, message and at. Absent if the first account has taken it.")
    public static final String ATTEMPTS = "CamelGrokVideoAttempts";
    /** Result: the model that the gateway says it has used (String). */
    @Metadata(label = "job", javaType = "String",
              description = "The model that the gateway says it has used, which may differ from the one asked for, as may its price.")
    public static final String ANSWERED_MODEL = "CamelGrokVideoAnsweredModel";
    /** Result of validate: what has no effect or may be refused (List). */
    @Metadata(label = "validate", javaType = "java.util.List<String>",
              description = "What is allowed but has no effect, or may be refused.")
    public static final String WARNINGS = "CamelGrokVideoWarnings";
    /** Result: when the job began (Instant). */
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the job began.")
    public static final String SUBMITTED_AT = "CamelGrokVideoSubmittedAt";
    /** Result: when the gateway accepted the job (Instant). */
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the gateway accepted the job.")
    public static final String ACCEPTED_AT = "CamelGrokVideoAcceptedAt";
    /** Result: when the video was first seen at the gateway (Instant). */
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the video was first seen at the gateway.")
    public static final String RENDERED_AT = "CamelGrokVideoRenderedAt";
    /** Result: when the verified file was in place (Instant). */
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the verified file was in place.")
    public static final String DOWNLOADED_AT = "CamelGrokVideoDownloadedAt";
    /** Result: duration of this call in milliseconds (Long). */
    @Metadata(label = "job", javaType = "Long",
              description = "How long this call took, in milliseconds.")
    public static final String WAIT_MILLIS = "CamelGrokVideoWaitMillis";
    /** Result: submits sent for the job (Integer). */
    @Metadata(label = "job", javaType = "Integer",
              description = "How many submits were sent for the job.")
    public static final String SUBMITS = "CamelGrokVideoSubmits";
    /** Result: status queries sent for the job (Integer). */
    @Metadata(label = "job", javaType = "Integer",
              description = "How many status queries were sent for the job.")
    public static final String POLLS = "CamelGrokVideoPolls";
    /** Result: downloads started for the job (Integer). */
    @Metadata(label = "job", javaType = "Integer",
              description = "How many downloads were started for the job.")
    public static final String DOWNLOADS = "CamelGrokVideoDownloads";
    /** {@code validate}: estimated cost; absent if unknown (BigDecimal). */
    @Metadata(label = "validate", javaType = "java.math.BigDecimal",
              description = "validate: what the request will cost. Absent if the price is unknown.")
    public static final String ESTIMATED_COST = "CamelGrokVideoEstimatedCost";
    /** {@code validate}: unit of the estimate, USD or credits (String). */
    @Metadata(label = "validate", javaType = "String",
              description = "validate: unit of the estimate, for example USD or credits.")
    public static final String ESTIMATED_COST_UNIT = "CamelGrokVideoEstimatedCostUnit";
    /** {@code balance}: remaining credit; absent if unlimited (BigDecimal). */
    @Metadata(label = "balance", javaType = "java.math.BigDecimal",
              description = "balance: the remaining credit. Absent if it is unlimited.")
    public static final String BALANCE = "CamelGrokVideoBalance";
    /** {@code balance}: unit of the balance, USD or credits (String). */
    @Metadata(label = "balance", javaType = "String",
              description = "balance: its unit, for example USD or credits.")
    public static final String BALANCE_UNIT = "CamelGrokVideoBalanceUnit";
    /** {@code balance}: used credit (BigDecimal). */
    @Metadata(label = "balance", javaType = "java.math.BigDecimal",
              description = "balance: what was used, if the gateway reports it.")
    public static final String BALANCE_USED = "CamelGrokVideoBalanceUsed";
    /** {@code balance}: whether the account has no limit (Boolean). */
    @Metadata(label = "balance", javaType = "Boolean",
              description = "balance: whether the account has no limit.")
    public static final String BALANCE_UNLIMITED = "CamelGrokVideoBalanceUnlimited";
    /** Failure: everything known about it (Map). */
    @Metadata(label = "error", javaType = "java.util.Map<String, Object>",
              description = "All that is known about the failure, ready to be sent on as JSON: type, message, charged, retryable, "
                            + "resumable, and jobId, taskId, provider, account, code, httpStatus, requestId and attempts if there "
                            + "is one.")
    public static final String ERROR = "CamelGrokVideoError";
    /** Failure: its type (String). */
    @Metadata(label = "error", javaType = "String",
              enums = "INVALID_REQUEST,AUTHENTICATION,INSUFFICIENT_CREDIT,RATE_LIMITED,SPEND_LIMIT,SUBMIT_REJECTED,SUBMIT_UNKNOWN,"
                      + "JOB_FAILED,MODERATED,JOB_EXPIRED,CANCELLED,JOB_NOT_FOUND,JOB_KEY_CONFLICT,STORE_UNAVAILABLE,UNSUPPORTED,"
                      + "WAIT_TIMEOUT,DOWNLOAD_FAILED,DETACHED,ALREADY_DELIVERED",
              description = "The kind of the failure.")
    public static final String ERROR_TYPE = "CamelGrokVideoErrorType";
    /** Failure: what happened and what to do (String). */
    @Metadata(label = "error", javaType = "String",
              description = "What happened in a failure and what to do, in words.")
    public static final String ERROR_MESSAGE = "CamelGrokVideoErrorMessage";
    /** Failure: whether money was spent: yes, no or unknown (String). */
    @Metadata(label = "error", javaType = "String", enums = "yes,no,unknown",
              description = "On failure whether money was spent.")
    public static final String ERROR_CHARGED = "CamelGrokVideoErrorCharged";
    /** Failure: whether the same request may succeed later without paying twice (Boolean). */
    @Metadata(label = "error", javaType = "Boolean",
              description = "On failure whether the same request sent again may succeed, without paying twice.")
    public static final String ERROR_RETRYABLE = "CamelGrokVideoErrorRetryable";
    /** Failure: whether the job continues (Boolean). */
    @Metadata(label = "error", javaType = "Boolean",
              description = "On failure whether the job continues, so that the same call attaches to it.")
    public static final String ERROR_RESUMABLE = "CamelGrokVideoErrorResumable";
    /** Failure: HTTP status of the gateway (Integer). */
    @Metadata(label = "error", javaType = "Integer",
              description = "On failure the HTTP status of the gateway, if there was one.")
    public static final String ERROR_HTTP_STATUS = "CamelGrokVideoErrorHttpStatus";
    /** Failure: error code of the gateway (String). */
    @Metadata(label = "error", javaType = "String",
              description = "On failure the code of the gateway, if it gave one.")
    public static final String ERROR_CODE = "CamelGrokVideoErrorCode";
    /** Failure: request id of the gateway (String). */
    @Metadata(label = "error", javaType = "String",
              description = "On failure the request id of the gateway, which its support asks for.")
    public static final String ERROR_REQUEST_ID = "CamelGrokVideoErrorRequestId";

    private GrokVideoConstants() {
    }
}
