// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import org.apache.camel.spi.Metadata;

/**
 * The headers of the component. What a message asks for and what a job was made with have different names, so that the headers of
 * one call do not steer the next.
 */
public final class GrokVideoConstants {

    public static final String SCHEME = "grokvideo";

    @Metadata(label = "request", javaType = "String",
              description = "What the video shows. Wins over the body.")
    public static final String PROMPT = "CamelGrokVideoPrompt";
    @Metadata(label = "request", javaType = "String",
              description = "What the video must not show.")
    public static final String NEGATIVE_PROMPT = "CamelGrokVideoNegativePrompt";
    @Metadata(label = "request", javaType = "String",
              description = "The model id of the gateway.")
    public static final String MODEL = "CamelGrokVideoModel";
    @Metadata(label = "request", javaType = "String",
              description = "What the video is made from: auto, text-to-video, image-to-video, reference-to-video, edit, extend "
                            + "or remix.")
    public static final String MODE = "CamelGrokVideoMode";
    @Metadata(label = "request", javaType = "Integer",
              description = "Length of the output in seconds; for extend the seconds that are added.")
    public static final String DURATION = "CamelGrokVideoDuration";
    @Metadata(label = "request", javaType = "String",
              description = "Width to height, for example 16:9.")
    public static final String ASPECT_RATIO = "CamelGrokVideoAspectRatio";
    @Metadata(label = "request", javaType = "String",
              description = "480p, 720p or 1080p.")
    public static final String RESOLUTION = "CamelGrokVideoResolution";
    @Metadata(label = "request", javaType = "Object",
              description = "First frame or references: a text with URLs, paths or data URIs, a File, a byte array, or a list of "
                            + "these.")
    public static final String IMAGES = "CamelGrokVideoImages";
    @Metadata(label = "request", javaType = "Object",
              description = "Source of edit, extend and remix: URL, path, File, file_id:<id>, job:<id> or task:<id>.")
    public static final String VIDEO = "CamelGrokVideoVideo";
    @Metadata(label = "request", javaType = "String",
              description = "fun, normal or spicy.")
    public static final String STYLE = "CamelGrokVideoStyle";
    @Metadata(label = "request", javaType = "Long",
              description = "Makes results repeatable where the gateway supports it.")
    public static final String SEED = "CamelGrokVideoSeed";
    @Metadata(label = "request", javaType = "Double",
              description = "How much an image or reference counts, from 0 to 1.")
    public static final String STRENGTH = "CamelGrokVideoStrength";
    @Metadata(label = "request", javaType = "String",
              description = "Camera motion, for example dolly-in.")
    public static final String CAMERA_MOTION = "CamelGrokVideoCameraMotion";
    @Metadata(label = "request", javaType = "String",
              description = "Which part of the video is edited.")
    public static final String EDIT_REGION = "CamelGrokVideoEditRegion";
    @Metadata(label = "request", javaType = "String",
              description = "Quality of an edited video.")
    public static final String OUTPUT_QUALITY = "CamelGrokVideoOutputQuality";
    @Metadata(label = "request", javaType = "Boolean",
              description = "Whether the video has sound.")
    public static final String GENERATE_AUDIO = "CamelGrokVideoGenerateAudio";
    @Metadata(label = "request", javaType = "Boolean",
              description = "Whether the gateway filters content.")
    public static final String NSFW_CHECKER = "CamelGrokVideoNsfwChecker";
    @Metadata(label = "request", javaType = "Integer",
              description = "Length of the source video in seconds.")
    public static final String INPUT_VIDEO_SECONDS = "CamelGrokVideoInputVideoSeconds";
    @Metadata(label = "request", javaType = "String",
              description = "The end user on whose behalf the request is made.")
    public static final String USER = "CamelGrokVideoUser";
    @Metadata(label = "request", javaType = "String",
              description = "Where the gateway reports the end of the job.")
    public static final String CALLBACK_URL = "CamelGrokVideoCallbackUrl";
    @Metadata(label = "request", javaType = "java.util.Map<String, Object>",
              description = "Fields passed to the gateway as they are; added to those of the body and the endpoint.")
    public static final String ADDITIONAL_FIELDS = "CamelGrokVideoAdditionalFields";
    @Metadata(label = "request", javaType = "String",
              description = "Name of the account that pays.")
    public static final String ACCOUNT = "CamelGrokVideoAccount";
    @Metadata(label = "request", javaType = "String",
              description = "What the video is called in the option directory; .mp4 is added if it is missing.")
    public static final String FILE_NAME = "CamelGrokVideoFileName";
    @Metadata(label = "request", javaType = "String",
              description = "A key that makes the same work the same job: the second call attaches and costs nothing.")
    public static final String JOB_KEY = "CamelGrokVideoJobKey";
    @Metadata(label = "request", javaType = "String",
              description = "A word that is kept with the job, up to 200 characters: completed can filter by it.")
    public static final String TAG = "CamelGrokVideoTag";
    @Metadata(label = "request", javaType = "java.util.Map<String, String>",
              description = "What is to travel with the job, up to 4 KiB in all: where the answer goes, for example.")
    public static final String METADATA = "CamelGrokVideoMetadata";
    @Metadata(label = "job", javaType = "String",
              description = "The tag the job was submitted with.")
    public static final String JOB_TAG = "CamelGrokVideoJobTag";
    @Metadata(label = "job", javaType = "java.util.Map<String, String>",
              description = "The metadata the job was submitted with. Absent where there were none.")
    public static final String JOB_METADATA = "CamelGrokVideoJobMetadata";
    @Metadata(label = "completed", javaType = "Boolean",
              description = "completed: whether the job was delivered before, and its route may have done its work already.")
    public static final String REDELIVERED = "CamelGrokVideoRedelivered";
    @Metadata(label = "completed", javaType = "Integer",
              description = "completed: the how-manieth delivery of the job this is, from 1.")
    public static final String DELIVERIES = "CamelGrokVideoDeliveries";
    @Metadata(label = "job", javaType = "String",
              description = "Our id of the job. Read by await and status.")
    public static final String JOB_ID = "CamelGrokVideoJobId";
    @Metadata(label = "job", javaType = "String",
              description = "The id of the task at the gateway. Read by await and status where there is no job id, for a task "
                            + "submitted elsewhere.")
    public static final String TASK_ID = "CamelGrokVideoTaskId";
    @Metadata(label = "job", javaType = "String",
              description = "Where the job is: NEW, SUBMITTING, ACCEPTED, RUNNING, RENDERED, DOWNLOADED, DELIVERED, REJECTED, "
                            + "FAILED, MODERATED, EXPIRED or UNKNOWN.")
    public static final String STATUS = "CamelGrokVideoStatus";
    @Metadata(label = "job", javaType = "Integer",
              description = "Progress in percent, 0 to 100, where the gateway tells.")
    public static final String PROGRESS = "CamelGrokVideoProgress";
    @Metadata(label = "job", javaType = "String",
              description = "Name of the gateway.")
    public static final String PROVIDER = "CamelGrokVideoProvider";
    @Metadata(label = "job", javaType = "String",
              description = "Name of the account that paid.")
    public static final String JOB_ACCOUNT = "CamelGrokVideoJobAccount";
    @Metadata(label = "job", javaType = "String",
              description = "The model the job was submitted with.")
    public static final String JOB_MODEL = "CamelGrokVideoJobModel";
    @Metadata(label = "job", javaType = "String",
              description = "The mode the job was submitted with.")
    public static final String JOB_MODE = "CamelGrokVideoJobMode";
    @Metadata(label = "job", javaType = "java.math.BigDecimal",
              description = "What the gateway says the job costs, else the estimate. Absent where unknown, never 0 for unknown.")
    public static final String COST = "CamelGrokVideoCost";
    @Metadata(label = "job", javaType = "String",
              description = "Unit of the cost: USD or credits.")
    public static final String COST_UNIT = "CamelGrokVideoCostUnit";
    @Metadata(label = "job", javaType = "String",
              description = "Path of the video, where it was put into the option directory to stay.")
    public static final String FILE = "CamelGrokVideoFile";
    @Metadata(label = "job", javaType = "Long",
              description = "Size of the video in bytes.")
    public static final String SIZE = "CamelGrokVideoSize";
    @Metadata(label = "job", javaType = "String",
              description = "SHA-256 of the video, in hex.")
    public static final String SHA256 = "CamelGrokVideoSha256";
    @Metadata(label = "job", javaType = "String",
              description = "Where the video is at the gateway. Whoever has its query can fetch the video, so the query is there "
                            + "only with output=url.")
    public static final String URL = "CamelGrokVideoUrl";
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the URL ends, where the gateway tells.")
    public static final String URL_EXPIRES_AT = "CamelGrokVideoUrlExpiresAt";
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the job began.")
    public static final String SUBMITTED_AT = "CamelGrokVideoSubmittedAt";
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the gateway had accepted the job.")
    public static final String ACCEPTED_AT = "CamelGrokVideoAcceptedAt";
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the video was first seen at the gateway.")
    public static final String RENDERED_AT = "CamelGrokVideoRenderedAt";
    @Metadata(label = "job", javaType = "java.time.Instant",
              description = "When the verified file was in place.")
    public static final String DOWNLOADED_AT = "CamelGrokVideoDownloadedAt";
    @Metadata(label = "job", javaType = "Long",
              description = "How long this call took, in milliseconds.")
    public static final String WAIT_MILLIS = "CamelGrokVideoWaitMillis";
    @Metadata(label = "job", javaType = "Integer",
              description = "How many submits were sent for the job.")
    public static final String SUBMITS = "CamelGrokVideoSubmits";
    @Metadata(label = "job", javaType = "Integer",
              description = "How many status queries were sent for the job.")
    public static final String POLLS = "CamelGrokVideoPolls";
    @Metadata(label = "job", javaType = "Integer",
              description = "How many downloads were begun for the job.")
    public static final String DOWNLOADS = "CamelGrokVideoDownloads";
    @Metadata(label = "validate", javaType = "java.math.BigDecimal",
              description = "validate: what the request will cost. Absent where the price is unknown.")
    public static final String ESTIMATED_COST = "CamelGrokVideoEstimatedCost";
    @Metadata(label = "validate", javaType = "String",
              description = "validate: unit of the estimate, USD or credits.")
    public static final String ESTIMATED_COST_UNIT = "CamelGrokVideoEstimatedCostUnit";
    @Metadata(label = "balance", javaType = "java.math.BigDecimal",
              description = "balance: the remaining credit. Absent where it is unlimited.")
    public static final String BALANCE = "CamelGrokVideoBalance";
    @Metadata(label = "balance", javaType = "String",
              description = "balance: its unit, USD or credits.")
    public static final String BALANCE_UNIT = "CamelGrokVideoBalanceUnit";
    @Metadata(label = "balance", javaType = "java.math.BigDecimal",
              description = "balance: what was used, where the gateway tells.")
    public static final String BALANCE_USED = "CamelGrokVideoBalanceUsed";
    @Metadata(label = "balance", javaType = "Boolean",
              description = "balance: whether the account has no limit.")
    public static final String BALANCE_UNLIMITED = "CamelGrokVideoBalanceUnlimited";
    @Metadata(label = "error", javaType = "java.util.Map<String, Object>",
              description = "On failure all that is known of it, to be sent on as JSON: type, message, charged, retryable, resumable, and"
                            + " jobId, taskId, provider, account, code, httpStatus and requestId where there is one.")
    public static final String ERROR = "CamelGrokVideoError";
    @Metadata(label = "error", javaType = "String",
              description = "On failure its kind, for example INVALID_REQUEST, SUBMIT_UNKNOWN or WAIT_TIMEOUT.")
    public static final String ERROR_TYPE = "CamelGrokVideoErrorType";
    @Metadata(label = "error", javaType = "String",
              description = "On failure what happened and what to do, in words.")
    public static final String ERROR_MESSAGE = "CamelGrokVideoErrorMessage";
    @Metadata(label = "error", javaType = "String",
              description = "On failure whether money was spent: yes, no or unknown.")
    public static final String ERROR_CHARGED = "CamelGrokVideoErrorCharged";
    @Metadata(label = "error", javaType = "Boolean",
              description = "On failure whether the same request sent again may succeed, without paying twice.")
    public static final String ERROR_RETRYABLE = "CamelGrokVideoErrorRetryable";
    @Metadata(label = "error", javaType = "Boolean",
              description = "On failure whether the job lives on, so that the same call attaches to it.")
    public static final String ERROR_RESUMABLE = "CamelGrokVideoErrorResumable";
    @Metadata(label = "error", javaType = "Integer",
              description = "On failure the HTTP status of the gateway, where there was one.")
    public static final String ERROR_HTTP_STATUS = "CamelGrokVideoErrorHttpStatus";
    @Metadata(label = "error", javaType = "String",
              description = "On failure the code of the gateway, where it gave one.")
    public static final String ERROR_CODE = "CamelGrokVideoErrorCode";
    @Metadata(label = "error", javaType = "String",
              description = "On failure the request id of the gateway, which its support asks for.")
    public static final String ERROR_REQUEST_ID = "CamelGrokVideoErrorRequestId";

    private GrokVideoConstants() {
    }
}
