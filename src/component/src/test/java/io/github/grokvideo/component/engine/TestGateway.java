// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.DownloadedVideo;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.TransportException;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;

/**
 * A gateway of one-word answers: its wire is the status line of {@link HttpAnswer}, so that tests script what the engine sees and
 * nothing else. Without a script it accepts, is pending once, and is done.
 */
final class TestGateway implements VideoProvider, VideoTransport, VideoDownloader {

    final Deque<Object> submitScript = new ArrayDeque<>();
    /** Where the script ends; null = it accepts. */
    Supplier<Object> submits;
    final Deque<HttpAnswer> uploadScript = new ArrayDeque<>();
    final Deque<Object> cancelScript = new ArrayDeque<>();
    final Deque<Object> pollScript = new ArrayDeque<>();
    final Deque<Object> downloadScript = new ArrayDeque<>();
    final List<HttpCall> calls = new ArrayList<>();
    final List<DownloadOrder> downloads = new ArrayList<>();
    final List<CompletableFuture<HttpAnswer>> held = new ArrayList<>();
    final CompletableFuture<DownloadedVideo> heldDownload = new CompletableFuture<>();
    /** Answers the status query of a task; null = the script does. */
    Function<String, Object> polled;
    boolean lookups;
    /** Whether it has a call that stops a job. */
    boolean cancels;
    /** Whether uploads become files of the gateway, which can be deleted; false = URLs. */
    boolean keepsFiles;
    /** Whether an upload is answered with the place to send the file to. */
    boolean namesPlaces;
    boolean content;
    boolean refusesAll;
    boolean takesCallbacks = true;
    double submitsPerSecond;
    /** 0 = unlimited. */
    double pollsPerSecond;
    /** null = it does not say when its URLs end. */
    Instant urlsExpireAt;
    Set<MediaForm> mediaForms = Set.of(MediaForm.URL);
    private int tasks;

    static HttpAnswer status(int status) {
        return new HttpAnswer(status, Map.of(), "");
    }

    static HttpAnswer status(int status, String body) {
        return new HttpAnswer(status, Map.of(), body);
    }

    static HttpAnswer retryAfter(int status, int seconds) {
        return new HttpAnswer(status, Map.of("Retry-After", String.valueOf(seconds)), "");
    }

    static TransportException lost() {
        return new TransportException("read timed out", true, null);
    }

    static TransportException noConnection() {
        return new TransportException("connection refused", false, null);
    }

    static DownloadException broken(DownloadException.Kind kind) {
        return new DownloadException(kind, "test " + kind, null, null, null);
    }

    static DownloadException brokenAt(long bytes) {
        return new DownloadException(DownloadException.Kind.BROKEN, "test", null, new DownloadOrder.Resume(bytes, "\"etag\""), null);
    }

    long posts() {
        return calls.stream().filter(call -> call.method().equals("POST") && !call.path().equals("/upload")).count();
    }

    long polls() {
        return calls.stream().filter(call -> call.path().startsWith("/poll/")).count();
    }

    VideoAccount account() {
        return account("default", 0);
    }

    VideoAccount account(String name, int maxConcurrentJobs) {
        return new VideoAccount(name, this, new GatewayAccess(URI.create("http://gateway.test/v1"), "secret-key"), null,
                null, null, null, maxConcurrentJobs, false);
    }

    @Override
    public CompletableFuture<HttpAnswer> call(GatewayAccess access, HttpCall call, Duration timeout) {
        calls.add(call);
        if (call.path().equals("/upload")) {
            return CompletableFuture.completedFuture(uploadScript.isEmpty() ? status(200, "http://uploads.test/" + calls.size())
                    : uploadScript.poll());
        }
        if (call.method().equals("DELETE")) {
            return CompletableFuture.completedFuture(status(200));
        }
        boolean cancel = call.path().startsWith("/cancel/");
        Object next = cancel ? cancelScript.poll() : call.method().equals("POST") ? submitScript.poll() : pollScript.poll();
        if (next == null && cancel) {
            next = status(200);
        }
        if (next == null && call.method().equals("POST") && submits != null) {
            next = submits.get();
        }
        if (next == null && call.path().startsWith("/poll/") && polled != null) {
            next = polled.apply(call.path().substring("/poll/".length()));
        }
        if (next == null) {
            next = call.method().equals("POST") ? status(200, "task-" + ++tasks)
                    : call.path().startsWith("/lookup/") ? status(200, "task-looked-up")
                    : polls() % 2 == 1 ? status(202, "50") : status(200, "http://files.test/" + call.path() + "?signature=s3cret");
        }
        if (next instanceof Error thrown) {
            throw thrown;
        }
        if (next instanceof RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        if (next instanceof String) {
            CompletableFuture<HttpAnswer> open = new CompletableFuture<>();
            held.add(open);
            return open;
        }
        return CompletableFuture.completedFuture((HttpAnswer) next);
    }

    @Override
    public CompletableFuture<HttpAnswer> send(GatewayAccess access, URI place, HttpCall call, Duration timeout) {
        calls.add(new HttpCall(call.method(), place.getPath(), call.headers(), call.body()));
        return CompletableFuture.completedFuture(uploadScript.isEmpty() ? status(200) : uploadScript.poll());
    }

    @Override
    public CompletableFuture<DownloadedVideo> download(DownloadOrder order) {
        downloads.add(order);
        Object next = downloadScript.poll();
        if (next instanceof RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        if (next instanceof String) {
            return heldDownload;
        }
        return CompletableFuture.completedFuture(write(order));
    }

    void finishDownload() {
        heldDownload.complete(write(downloads.get(downloads.size() - 1)));
    }

    static DownloadedVideo write(DownloadOrder order) {
        try {
            Files.writeString(order.target(), "video of " + order.jobId());
            return new DownloadedVideo(order.target(), Files.size(order.target()), "abc");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.empty();
    }

    @Override
    public String defaultModel() {
        return "test-model";
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60), submitsPerSecond, 1, pollsPerSecond, true);
    }

    @Override
    public ResolvedRequest resolve(VideoRequest request) {
        VideoRequest resolved = request.toBuilder().model("test-model").mode(Mode.TEXT_TO_VIDEO).build();
        return new ResolvedRequest(resolved, request.prompt() == null || refusesAll
                ? List.of(new Violation("prompt", null, "required"))
                : request.callbackUrl() != null && !takesCallbacks ? List.of(new Violation("callbackUrl", null, "not supported"))
                : List.of(), Cost.usd("0.30"));
    }

    @Override
    public Set<MediaForm> mediaForms(VideoRequest request, String field) {
        return mediaForms;
    }

    @Override
    public HttpCall submit(VideoRequest request, String jobId) {
        var body = JsonNodeFactory.instance.objectNode().put("prompt", request.prompt());
        if (request.callbackUrl() != null) {
            body.put("callback", request.callbackUrl());
        }
        request.images().forEach(image -> body.withArray("/images").add(
                image instanceof Media.GatewayTask task ? "task:" + task.taskId()
                        : image instanceof Media.GatewayFile file ? "file:" + file.id() : ((Media.Url) image).url()));
        return HttpCall.post("/submit", body);
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        if (answer.status() == 204) {
            return new SubmitAnswer.Accepted(null, null);
        }
        if (answer.status() == 299) {
            throw new IllegalStateException("a bug in a provider");
        }
        if (answer.isSuccess()) {
            return new SubmitAnswer.Accepted(answer.body(), null);
        }
        if (answer.status() >= 500) {
            return new SubmitAnswer.Unknown(EngineErrors.submitUnknown("HTTP " + answer.status()));
        }
        ErrorType type = answer.status() == 429 ? ErrorType.RATE_LIMITED
                : answer.status() == 401 ? ErrorType.AUTHENTICATION : ErrorType.SUBMIT_REJECTED;
        return new SubmitAnswer.Rejected(
                new JobError(type, "refused", Charged.NO, answer.status() == 429, answer.status(), null, null),
                answer.status() == 429, answer.retryAfter(now));
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get("/poll/" + taskId);
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        JobError error = new JobError(ErrorType.JOB_FAILED, "failed", Charged.NO, false, answer.status(), null, null);
        return switch (answer.status()) {
            case 206 -> new PollAnswer.AskNext(HttpCall.get("/poll/" + query.taskId() + "/result/" + (query.step() + 1)));
            case 203 -> new PollAnswer.Pending(false, null, answer.retryAfter(now), "reticulating", false);
            case 202 -> new PollAnswer.Pending(true, answer.body().isEmpty() ? null : Integer.valueOf(answer.body()),
                    answer.retryAfter(now));
            case 200 -> new PollAnswer.Done(answer.body().isEmpty() ? null : answer.body(), urlsExpireAt, Cost.usd("0.25"));
            case 299 -> new PollAnswer.Failed(JobState.FAILED, new JobError(ErrorType.JOB_FAILED, "no URL", Charged.UNKNOWN, false,
                    200, PollAnswer.Failed.DONE_WITHOUT_URL, null), null);
            case 400 -> new PollAnswer.Failed(JobState.FAILED, error, null);
            case 401 -> new PollAnswer.Refused(new JobError(ErrorType.AUTHENTICATION, "key", Charged.NO, false, 401, null, null));
            case 404 -> new PollAnswer.NotFound(error);
            default -> new PollAnswer.NoAnswer("HTTP " + answer.status(), answer.status() == 429, answer.retryAfter(now));
        };
    }

    @Override
    public Optional<HttpCall> cancel(String taskId) {
        return cancels ? Optional.of(HttpCall.put("/cancel/" + taskId)) : Optional.empty();
    }

    @Override
    public CancelAnswer cancelled(HttpAnswer answer, Instant now) {
        return switch (answer.status()) {
            case 200 -> new CancelAnswer.Cancelled(Charged.NO, null);
            case 202 -> new CancelAnswer.Requested();
            case 409 -> new CancelAnswer.TooLate();
            default -> new CancelAnswer.Refused(
                    new JobError(ErrorType.UNSUPPORTED, "not now", Charged.UNKNOWN, false, answer.status(), null, null));
        };
    }

    @Override
    public Optional<HttpCall> deleteUpload(String fileId) {
        return Optional.of(HttpCall.delete("/upload/" + fileId));
    }

    @Override
    public Optional<HttpCall> content(String taskId) {
        return content ? Optional.of(HttpCall.get("/content/" + taskId)) : Optional.empty();
    }

    @Override
    public Optional<HttpCall> lookup(String jobId) {
        return lookups ? Optional.of(HttpCall.get("/lookup/" + jobId)) : Optional.empty();
    }

    @Override
    public Optional<String> lookedUp(HttpAnswer answer) {
        if (answer.status() == 299) {
            throw new IllegalStateException("a bug in a provider");
        }
        return answer.isSuccess() ? Optional.of(answer.body()) : Optional.empty();
    }

    @Override
    public Optional<HttpCall> upload(Media media, String field, Duration keep) {
        return Optional.of(HttpCall.post("/upload", JsonNodeFactory.instance.objectNode()));
    }

    @Override
    public UploadAnswer uploaded(HttpAnswer answer) {
        if (answer.isSuccess() && namesPlaces) {
            return new UploadAnswer.SendTo(
                    "PUT", answer.body() + "?signature=s3cret", Map.of("X-Place", "1"), new Media.Url(answer.body()));
        }
        return answer.isSuccess() ? new UploadAnswer.Uploaded(keepsFiles ? new Media.GatewayFile("file-" + calls.size())
                : new Media.Url(answer.body()))
                : new UploadAnswer.Refused(new JobError(ErrorType.SUBMIT_REJECTED, "upload refused", Charged.NO,
                        answer.status() >= 500, answer.status(), null, null));
    }
}
