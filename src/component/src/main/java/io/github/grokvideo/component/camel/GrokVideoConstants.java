// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import org.apache.camel.spi.Metadata;

/**
 * The names of the component's headers. Request headers and result headers have different names, so that the results of one call do not
 * affect the next. In parentheses: the Java type of the value.
 */
public final class GrokVideoConstants {

    /** Scheme of the component's endpoint URIs. */
    public static final String SCHEME = "grokvideo";

    /** Request: the prompt (String). */
    @Metadata(label = "request", javaType = "String",
              description = "What the video shows. Wins over the body.")
    public static final String PROMPT = "CamelGrokVideoPrompt";
    /** Request: what the video must not show (String). */
    @Metadata(label = "request", javaType = "String",
              description = "What the video must not show.")
    public static final String NEGATIVE_PROMPT = "CamelGrokVideoNegativePrompt";
    /** Request: the model id (String). */
    @Metadata(label = "request", javaType = "String",
              description = "The model id of the gateway.")
    public static final String MODEL = "CamelGrokVideoModel";
    /** Request: the mode (String). */
    @Metadata(label = "request", javaType = "String",
              enums = "auto,text-to-video,image-to-video,reference-to-video,edit,extend,remix",
              description = "What the video is made from.")
    public static final String MODE = "CamelGrokVideoMode";
    /** Request: length in seconds (Integer). */
    @Metadata(label = "request", javaType = "Integer",
              description = "Length of the output in seconds; for extend the seconds that are added.")
    public static final String DURATION = "CamelGrokVideoDuration";
    /** Request: width to height (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Width to height, for example 16:9.")
    public static final String ASPECT_RATIO = "CamelGrokVideoAspectRatio";
    /** Request: the resolution (String). */
    @Metadata(label = "request", javaType = "String",
              description = "480p, 720p or 1080p.")
    public static final String RESOLUTION = "CamelGrokVideoResolution";
    /** Request: first frame or reference images (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "First frame or references: text with URLs, paths or data URIs, a File, a byte array, or a list.")
    public static final String IMAGES = "CamelGrokVideoImages";
    /** Request: source video (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "Source of edit, extend and remix: URL, path, File, file_id:<id>, job:<id> or task:<id>.")
    public static final String VIDEO = "CamelGrokVideoVideo";
    /** Request: the style (String). */
    @Metadata(label = "request", javaType = "String",
              description = "fun, normal or spicy.")
    public static final String STYLE = "CamelGrokVideoStyle";
    /** Request: the seed (Long). */
    @Metadata(label = "request", javaType = "Long",
              description = "Makes results repeatable if the gateway supports it.")
    public static final String SEED = "CamelGrokVideoSeed";
    /** Request: weight of an image or reference, 0 to 1 (Double). */
    @Metadata(label = "request", javaType = "Double",
              description = "How much an image or reference counts, from 0 to 1.")
    public static final String STRENGTH = "CamelGrokVideoStrength";
    /** Request: camera motion (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Camera motion, for example dolly-in.")
    public static final String CAMERA_MOTION = "CamelGrokVideoCameraMotion";
    /** Request: part of the video to edit (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Which part of the video is edited.")
    public static final String EDIT_REGION = "CamelGrokVideoEditRegion";
    /** Request: quality of an edited video (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Quality of an edited video.")
    public static final String OUTPUT_QUALITY = "CamelGrokVideoOutputQuality";
    /** Request: whether the video has sound (Boolean). */
    @Metadata(label = "request", javaType = "Boolean",
              description = "Whether the video has sound.")
    public static final String GENERATE_AUDIO = "CamelGrokVideoGenerateAudio";
    /** Request: whether the gateway filters content (Boolean). */
    @Metadata(label = "request", javaType = "Boolean",
              description = "Whether the gateway filters content.")
    public static final String NSFW_CHECKER = "CamelGrokVideoNsfwChecker";
    /** Request: length of the source video in seconds (Integer). */
    @Metadata(label = "request", javaType = "Integer",
              description = "Length of the source video in seconds.")
    public static final String INPUT_VIDEO_SECONDS = "CamelGrokVideoInputVideoSeconds";
    /** Request: the end user (String). */
    @Metadata(label = "request", javaType = "String",
              description = "The end user on whose behalf the request is made.")
    public static final String USER = "CamelGrokVideoUser";
    /** Request: URL that the gateway calls at the end of the job (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Where the gateway reports the end of the job.")
    public static final String CALLBACK_URL = "CamelGrokVideoCallbackUrl";
    /** Request: fields passed to the gateway unchanged (Map). */
    @Metadata(label = "request", javaType = "java.util.Map<String, Object>",
              description = "Fields passed to the gateway unchanged; added to those of the body and the endpoint.")
    public static final String ADDITIONAL_FIELDS = "CamelGrokVideoAdditionalFields";
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
    /** Request: values stored with the job, up to 4 KiB in all (Map). */
    @Metadata(label = "request", javaType = "java.util.Map<String, String>",
              description = "Values stored with the job, up to 4 KiB in all: where to send the answer, for example.")
    public static final String METADATA = "CamelGrokVideoMetadata";
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
              enums = "NEW,SUBMITTING,ACCEPTED,RUNNING,RENDERED,DOWNLOADED,DELIVERED,REJECTED,FAILED,MODERATED,EXPIRED,UNKNOWN",
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
    @Metadata(label = "job", javaType = "String", enums = "USD,credits",
              description = "Unit of the cost.")
    public static final String COST_UNIT = "CamelGrokVideoCostUnit";
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
    @Metadata(label = "validate", javaType = "String", enums = "USD,credits",
              description = "validate: unit of the estimate.")
    public static final String ESTIMATED_COST_UNIT = "CamelGrokVideoEstimatedCostUnit";
    /** {@code balance}: remaining credit; absent if unlimited (BigDecimal). */
    @Metadata(label = "balance", javaType = "java.math.BigDecimal",
              description = "balance: the remaining credit. Absent if it is unlimited.")
    public static final String BALANCE = "CamelGrokVideoBalance";
    /** {@code balance}: unit of the balance, USD or credits (String). */
    @Metadata(label = "balance", javaType = "String", enums = "USD,credits",
              description = "balance: its unit.")
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
                            + "resumable, and jobId, taskId, provider, account, code, httpStatus and requestId if there is one.")
    public static final String ERROR = "CamelGrokVideoError";
    /** Failure: its type (String). */
    @Metadata(label = "error", javaType = "String",
              enums = "INVALID_REQUEST,AUTHENTICATION,INSUFFICIENT_CREDIT,RATE_LIMITED,SPEND_LIMIT,SUBMIT_REJECTED,SUBMIT_UNKNOWN,"
                      + "JOB_FAILED,MODERATED,JOB_EXPIRED,JOB_NOT_FOUND,JOB_KEY_CONFLICT,STORE_UNAVAILABLE,UNSUPPORTED,WAIT_TIMEOUT,"
                      + "DOWNLOAD_FAILED,DETACHED,ALREADY_DELIVERED",
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
