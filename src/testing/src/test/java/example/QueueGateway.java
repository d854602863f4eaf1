// SPDX-License-Identifier: Apache-2.0
package example;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.KeyPlacement;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.answers.SafeText;

/** A gateway with a queue, as a user of the component would write it: fal's wire for three modes. */
public class QueueGateway implements VideoProvider {

    private static final String APP = "/xai/grok-imagine-video";
    private static final Set<String> FIELDS = Set.of("prompt", "images", "video");

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.of("https://queue.fal.run");
    }

    @Override
    public KeyPlacement keyPlacement() {
        return KeyPlacement.header("Authorization", "Key ");
    }

    @Override
    public String defaultModel() {
        return "grok-imagine-video";
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(30), 0, 1, 0, false);
    }

    @Override
    public ResolvedRequest resolve(VideoRequest request) {
        Mode mode = request.video() != null ? Mode.EDIT : request.images().isEmpty() ? Mode.TEXT_TO_VIDEO : Mode.IMAGE_TO_VIDEO;
        List<Violation> violations = new ArrayList<>();
        Stream.of(request.given(), request.additionalFields()).flatMap(fields -> fields.keySet().stream())
                .filter(field -> !FIELDS.contains(field))
                .forEach(field -> violations.add(new Violation(field, null, "is not supported")));
        if (request.prompt() == null && mode != Mode.IMAGE_TO_VIDEO) {
            violations.add(new Violation("prompt", null, "is required"));
        }
        if (request.images().size() > (mode == Mode.EDIT ? 0 : 1)) {
            violations.add(new Violation("images", null, "one image, and none beside a video"));
        }
        if (request.mode() != null && request.mode() != mode) {
            violations.add(new Violation("mode", request.mode().value(), mode.value() + " for these fields"));
        }
        if (request.model() != null && !request.model().equals(defaultModel())) {
            violations.add(new Violation("model", SafeText.clean(request.model(), 80), defaultModel()));
        }
        if (Stream.concat(request.images().stream(), Stream.ofNullable(request.video())).anyMatch(Media.GatewayTask.class::isInstance)) {
            violations.add(new Violation("video", null, "a URL or a file"));
        }
        return new ResolvedRequest(request.toBuilder().model(defaultModel()).mode(mode).build(), violations, null);
    }

    @Override
    public Set<MediaForm> mediaForms(VideoRequest request, String field) {
        return EnumSet.of(MediaForm.URL, MediaForm.DATA_URI);
    }

    @Override
    public HttpCall submit(VideoRequest request, String jobId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("prompt", request.prompt());
        request.images().forEach(image -> body.put("image_url", ((Media.Url) image).url()));
        return switch (request.mode()) {
            case EDIT -> HttpCall.post(APP + "/edit-video", body.put("video_url", ((Media.Url) request.video()).url()));
            case IMAGE_TO_VIDEO -> HttpCall.post(APP + "/image-to-video", body);
            default -> HttpCall.post(APP + "/text-to-video", body);
        };
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        String id = answer.json().path("request_id").asText("");
        if (answer.isSuccess() && !id.isBlank()) {
            return new SubmitAnswer.Accepted(id, null);
        }
        return switch (answer.status()) {
            case 429 -> new SubmitAnswer.Rejected(error(ErrorType.RATE_LIMITED, answer, Charged.NO), true, answer.retryAfter(now));
            case 401 -> new SubmitAnswer.Rejected(error(ErrorType.AUTHENTICATION, answer, Charged.NO), false, null);
            case 422 -> new SubmitAnswer.Rejected(error(ErrorType.SUBMIT_REJECTED, answer, Charged.NO), false, null);
            default -> new SubmitAnswer.Unknown(error(ErrorType.SUBMIT_UNKNOWN, answer, Charged.UNKNOWN));
        };
    }

    private static JobError error(ErrorType type, HttpAnswer answer, Charged charged) {
        JsonNode detail = answer.json().path("detail").path(0);
        String reason = SafeText.message(detail.path("msg").asText("no reason"));
        return new JobError(type, "queue answered HTTP " + answer.status() + ": " + reason,
                charged, false, answer.status(), SafeText.message(detail.path("type").asText(null)), null);
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get(request(taskId) + "/status");
    }

    private static String request(String taskId) {
        return APP + "/requests/" + PathPart.of(taskId);
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        String status = answer.json().path("status").asText("");
        if (query.step() == 0) {
            return !answer.isSuccess() ? new PollAnswer.NoAnswer("HTTP " + answer.status(), answer.status() == 429, answer.retryAfter(now))
                    : status.equals("COMPLETED") ? new PollAnswer.AskNext(HttpCall.get(request(query.taskId())))
                    : new PollAnswer.Pending(status.equals("IN_PROGRESS"), null, null, SafeText.message(status), true);
        }
        String url = answer.json().at("/video/url").asText("");
        if (answer.isSuccess()) {
            return url.isBlank() ? new PollAnswer.NoAnswer("a result without a URL", false, null)
                    : new PollAnswer.Done(url, null, null);
        }
        String type = answer.json().at("/detail/0/type").asText("");
        return switch (answer.status() >= 500 && answer.json().hasNonNull("detail") ? "failed" : type) {
            case "" -> new PollAnswer.NoAnswer("HTTP " + answer.status(), false, null);
            case "content_policy_violation" -> new PollAnswer.Failed(
                    JobState.MODERATED, error(ErrorType.MODERATED, answer, Charged.UNKNOWN), null);
            case "cancelled" -> new PollAnswer.Failed(JobState.CANCELLED, error(ErrorType.CANCELLED, answer, Charged.UNKNOWN), null);
            default -> new PollAnswer.Failed(JobState.FAILED, error(ErrorType.JOB_FAILED, answer, Charged.UNKNOWN), null);
        };
    }

    @Override
    public Optional<HttpCall> cancel(String taskId) {
        return Optional.of(HttpCall.put(request(taskId) + "/cancel"));
    }

    @Override
    public CancelAnswer cancelled(HttpAnswer answer, Instant now) {
        return answer.isSuccess() ? new CancelAnswer.Requested() : answer.status() == 400 ? new CancelAnswer.TooLate()
                : new CancelAnswer.Refused(error(ErrorType.UNSUPPORTED, answer, Charged.UNKNOWN));
    }
}
