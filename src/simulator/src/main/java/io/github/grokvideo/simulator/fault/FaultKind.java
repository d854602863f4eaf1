// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All faults, by the name used in Java, in directives and over HTTP. */
public enum FaultKind {
    SUBMIT_400("submit-400", FaultStage.SUBMIT, FaultShape.ERROR, 400, false, "invalid request"),
    SUBMIT_401("submit-401", FaultStage.SUBMIT, FaultShape.ERROR, 401, false, "key refused"),
    SUBMIT_402("submit-402", FaultStage.SUBMIT, FaultShape.ERROR, 402, false, "not enough credit"),
    SUBMIT_403("submit-403", FaultStage.SUBMIT, FaultShape.ERROR, 403, false, "forbidden"),
    SUBMIT_422("submit-422", FaultStage.SUBMIT, FaultShape.ERROR, 422, false, "content refused, or field of an invalid format"),
    SUBMIT_429("submit-429", FaultStage.SUBMIT, FaultShape.ERROR, 429, false, "rate limit, with Retry-After"),
    SUBMIT_500("submit-500", FaultStage.SUBMIT, FaultShape.ERROR, 500, false, "internal error"),
    SUBMIT_502("submit-502", FaultStage.SUBMIT, FaultShape.ERROR, 502, false, "bad gateway"),
    SUBMIT_503("submit-503", FaultStage.SUBMIT, FaultShape.ERROR, 503, false, "unavailable"),
    SUBMIT_503_RATE_LIMIT_UNAVAILABLE("submit-503-rate-limit-unavailable", FaultStage.SUBMIT, FaultShape.ERROR, 503, false,
            "ToAPIs: its rate limiter is down, nothing was created (elsewhere a plain 503)"),
    SPEND_LIMIT("spend-limit", FaultStage.SUBMIT, FaultShape.ERROR, 429, false,
            "aivideoapi: 429 that does not go away by waiting (elsewhere a plain 429)"),
    SUBMIT_SLOW("submit-slow", FaultStage.SUBMIT, FaultShape.SLOW, 0, true, "the normal answer after a delay"),
    SUBMIT_MALFORMED("submit-malformed", FaultStage.SUBMIT, FaultShape.MALFORMED, 200, true,
            "the job is created, its answer is broken JSON"),
    SUBMIT_HTML("submit-html", FaultStage.SUBMIT, FaultShape.HTML, 200, false, "HTML with status 200"),
    SUBMIT_HTML_502("submit-html-502", FaultStage.SUBMIT, FaultShape.HTML, 502, false, "HTML with status 502"),
    SUBMIT_REDIRECT("submit-redirect", FaultStage.SUBMIT, FaultShape.REDIRECT, 302, false, "a redirect, `to` says where"),
    RESET_BEFORE_CREATE("reset-before-create", FaultStage.SUBMIT, FaultShape.RESET, 0, false, "connection reset, nothing created"),
    RESET_AFTER_CREATE("reset-after-create", FaultStage.SUBMIT, FaultShape.RESET, 0, true,
            "connection reset, the job exists and is charged"),
    SUBMIT_TIMEOUT("submit-timeout", FaultStage.SUBMIT, FaultShape.NEVER, 0, true, "never answers, the job exists and is charged"),
    SUBMIT_TIMEOUT_BEFORE_CREATE("submit-timeout-before-create", FaultStage.SUBMIT, FaultShape.NEVER, 0, false,
            "never answers, nothing created"),
    POLL_400("poll-400", FaultStage.POLL, FaultShape.ERROR, 400, false, "invalid request"),
    POLL_401("poll-401", FaultStage.POLL, FaultShape.ERROR, 401, false, "key refused"),
    POLL_403("poll-403", FaultStage.POLL, FaultShape.ERROR, 403, false, "forbidden"),
    POLL_404("poll-404", FaultStage.POLL, FaultShape.ERROR, 404, false, "task not known"),
    POLL_429("poll-429", FaultStage.POLL, FaultShape.ERROR, 429, false, "rate limit, with Retry-After"),
    POLL_500("poll-500", FaultStage.POLL, FaultShape.ERROR, 500, false, "internal error"),
    POLL_502("poll-502", FaultStage.POLL, FaultShape.ERROR, 502, false, "bad gateway"),
    POLL_503("poll-503", FaultStage.POLL, FaultShape.ERROR, 503, false, "unavailable"),
    POLL_RESET("poll-reset", FaultStage.POLL, FaultShape.RESET, 0, false, "connection reset"),
    POLL_TIMEOUT("poll-timeout", FaultStage.POLL, FaultShape.NEVER, 0, false, "never answers"),
    POLL_SLOW("poll-slow", FaultStage.POLL, FaultShape.SLOW, 0, false, "the normal answer after a delay"),
    POLL_MALFORMED("poll-malformed", FaultStage.POLL, FaultShape.MALFORMED, 200, false, "broken JSON"),
    POLL_HTML("poll-html", FaultStage.POLL, FaultShape.HTML, 200, false, "HTML with status 200"),
    POLL_HTML_502("poll-html-502", FaultStage.POLL, FaultShape.HTML, 502, false, "HTML with status 502"),
    POLL_REDIRECT("poll-redirect", FaultStage.POLL, FaultShape.REDIRECT, 302, false, "a redirect, `to` says where"),
    POLL_EMPTY("poll-empty", FaultStage.POLL, FaultShape.EMPTY, 200, false, "status 200 without a body"),
    UNKNOWN_STATUS("unknown-status", FaultStage.POLL, FaultShape.UNKNOWN_STATUS, 200, false, "a status word nobody documented"),
    LOOKUP_404("lookup-404", FaultStage.LOOKUP, FaultShape.ERROR, 404, false, "the job is not found yet"),
    LOOKUP_429("lookup-429", FaultStage.LOOKUP, FaultShape.ERROR, 429, false, "rate limit, with Retry-After"),
    LOOKUP_500("lookup-500", FaultStage.LOOKUP, FaultShape.ERROR, 500, false, "internal error"),
    LOOKUP_RESET("lookup-reset", FaultStage.LOOKUP, FaultShape.RESET, 0, false, "connection reset"),
    UPLOAD_400("upload-400", FaultStage.UPLOAD, FaultShape.ERROR, 400, false, "file refused"),
    UPLOAD_401("upload-401", FaultStage.UPLOAD, FaultShape.ERROR, 401, false, "key refused"),
    UPLOAD_413("upload-413", FaultStage.UPLOAD, FaultShape.ERROR, 413, false, "file too large"),
    UPLOAD_429("upload-429", FaultStage.UPLOAD, FaultShape.ERROR, 429, false, "rate limit, with Retry-After"),
    UPLOAD_500("upload-500", FaultStage.UPLOAD, FaultShape.ERROR, 500, false, "internal error"),
    UPLOAD_503("upload-503", FaultStage.UPLOAD, FaultShape.ERROR, 503, false, "unavailable"),
    UPLOAD_RESET("upload-reset", FaultStage.UPLOAD, FaultShape.RESET, 0, false, "connection reset"),
    UPLOAD_SLOW("upload-slow", FaultStage.UPLOAD, FaultShape.SLOW, 0, false, "the normal answer after a delay"),
    DOWNLOAD_TRUNCATED("download-truncated", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false,
            "fewer bytes than Content-Length says, then an orderly close"),
    DOWNLOAD_RESET("download-reset", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false,
            "cut by a reset after some bytes; Range resumes"),
    DOWNLOAD_STALL("download-stall", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false, "some bytes, then nothing, connection open"),
    DOWNLOAD_SLOW("download-slow", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false, "throttled"),
    DOWNLOAD_EMPTY("download-empty", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false, "status 200, no bytes"),
    DOWNLOAD_HTML("download-html", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false, "a page of HTML with status 200"),
    DOWNLOAD_EXPIRED("download-expired", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 403, false,
            "403 for this URL; the next status query gives a fresh one"),
    DOWNLOAD_REDIRECT("download-redirect", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 302, false, "302 to the file under another URL"),
    DOWNLOAD_REDIRECT_PRIVATE("download-redirect-private", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 302, false,
            "302 to a private address"),
    DOWNLOAD_CHUNKED("download-chunked", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false, "no Content-Length"),
    DOWNLOAD_NO_RANGE("download-no-range", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false, "ignores Range, always the whole file"),
    DOWNLOAD_CHANGED_ETAG("download-changed-etag", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 200, false,
            "the ETag changes, so If-Range starts over"),
    DOWNLOAD_403("download-403", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 403, false, "forbidden once"),
    DOWNLOAD_404("download-404", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 404, false, "not found"),
    DOWNLOAD_429("download-429", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 429, false, "rate limit, with Retry-After"),
    DOWNLOAD_500("download-500", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 500, false, "internal error"),
    DOWNLOAD_503("download-503", FaultStage.DOWNLOAD, FaultShape.TRANSFER, 503, false, "unavailable"),
    WEBHOOK_LATE("webhook-late", FaultStage.WEBHOOK, FaultShape.CALLBACK, 0, false, "comes `delay` after the end of the job"),
    WEBHOOK_TWICE("webhook-twice", FaultStage.WEBHOOK, FaultShape.CALLBACK, 0, false,
            "comes again after it was received, with the same id"),
    WEBHOOK_FORGED("webhook-forged", FaultStage.WEBHOOK, FaultShape.CALLBACK, 0, false, "another secret has signed it"),
    WEBHOOK_STALE("webhook-stale", FaultStage.WEBHOOK, FaultShape.CALLBACK, 0, false, "its timestamp is `age` old, the signature is right"),
    WEBHOOK_NEVER("webhook-never", FaultStage.WEBHOOK, FaultShape.CALLBACK, 0, false, "does not come"),
    WEBHOOK_EARLY("webhook-early", FaultStage.WEBHOOK, FaultShape.CALLBACK, 0, false,
            "the job is done at once, and the webhook comes before the submit is answered"),
    JOB_FAILED("job-failed", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "ends failed; refunded where documented"),
    JOB_MODERATED("job-moderated", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "refused by moderation; xAI bills it"),
    JOB_EXPIRED("job-expired", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "xAI, openrouter: ends expired (elsewhere failed)"),
    JOB_CANCELLED("job-cancelled", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "openrouter: ends cancelled (elsewhere failed)"),
    DONE_WITHOUT_URL("done-without-url", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "finished, but no URL"),
    OTHER_MODEL("other-model", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "done, by another model than asked for: `model`"),
    URL_ELSEWHERE("url-elsewhere", FaultStage.JOB, FaultShape.OUTCOME, 0, false,
            "openai: the URL is in `field` (metadata.url, video_url, url) of the status; openrouter: unsigned_urls are behind the key"),
    STORAGE_ERROR("storage-error", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "xAI: done, but not stored as a file"),
    STUCK("stuck", FaultStage.JOB, FaultShape.OUTCOME, 0, false, "never finishes");

    private static final Map<String, FaultKind> BY_ID =
            Arrays.stream(values()).collect(Collectors.toMap(FaultKind::id, Function.identity()));

    private final String id;
    private final FaultStage stage;
    private final FaultShape shape;
    private final int status;
    private final boolean creates;
    private final String description;

    FaultKind(String id, FaultStage stage, FaultShape shape, int status, boolean creates, String description) {
        this.id = id;
        this.stage = stage;
        this.shape = shape;
        this.status = status;
        this.creates = creates;
        this.description = description;
    }

    /** The documented name, such as {@code submit-429}. */
    public String id() {
        return id;
    }

    public FaultStage stage() {
        return stage;
    }

    public FaultShape shape() {
        return shape;
    }

    /** The HTTP status of the answer; 0 if it is the normal one or there is no answer. */
    public int status() {
        return status;
    }

    /** Whether a submit with this fault creates and charges a job, unless the fault's {@code created=} says otherwise. */
    public boolean creates() {
        return creates;
    }

    /** A one-line description. */
    public String description() {
        return description;
    }

    /**
     * The kind with that name. With a stage, the short form is also accepted: {@code 429} on {@code submit}.
     *
     * @param stage {@code submit}, {@code poll} ...; null or empty if the name includes it. It defaults to submit for {@code slow},
     *              {@code malformed} and {@code html}
     * @throws IllegalArgumentException if there is no such fault
     */
    public static FaultKind of(String name, String stage) {
        String wanted = name.toLowerCase(Locale.ROOT).replace('_', '-');
        FaultKind exact = BY_ID.get(wanted);
        if (exact != null) {
            return exact;
        }
        FaultKind prefixed = BY_ID.get((stage == null || stage.isEmpty() ? "submit" : stage.toLowerCase(Locale.ROOT)) + "-" + wanted);
        if (prefixed == null) {
            throw new IllegalArgumentException("unknown fault '" + name + "', known are " + BY_ID.keySet().stream().sorted().toList());
        }
        return prefixed;
    }
}
