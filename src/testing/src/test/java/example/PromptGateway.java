// SPDX-License-Identifier: Apache-2.0
package example;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.answers.SafeText;

/** A gateway that makes videos from prompts: one POST, then status queries until there is a URL. */
public class PromptGateway implements VideoProvider {

    @Override
    public String name() {
        return "prompts";
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.of("https://api.x.ai/v1");
    }

    @Override
    public String defaultModel() {
        return "grok-imagine-video";
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1), 0, 1, 0, false);
    }

    @Override
    public ResolvedRequest resolve(VideoRequest request) {
        List<Violation> violations = new ArrayList<>();
        Stream.of(request.given(), request.additionalFields()).flatMap(fields -> fields.keySet().stream())
                .filter(field -> !field.equals("prompt"))
                .forEach(field -> violations.add(new Violation(field, null, "is not supported")));
        if (request.prompt() == null) {
            violations.add(new Violation("prompt", null, "is required"));
        }
        if (request.mode() != null && request.mode() != Mode.TEXT_TO_VIDEO) {
            violations.add(new Violation("mode", request.mode().value(), "text-to-video"));
        }
        String model = request.model() == null ? defaultModel() : request.model();
        return new ResolvedRequest(request.toBuilder().model(model).mode(Mode.TEXT_TO_VIDEO).build(), violations, null);
    }

    @Override
    public Set<MediaForm> mediaForms(VideoRequest request, String field) {
        return Set.of();
    }

    @Override
    public HttpCall submit(VideoRequest request, String jobId) {
        return HttpCall.post("/videos/generations",
                JsonNodeFactory.instance.objectNode().put("model", request.model()).put("prompt", request.prompt()));
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        String id = answer.json().path("request_id").asText("");
        if (answer.isSuccess() && !id.isBlank()) {
            return new SubmitAnswer.Accepted(id, null);
        }
        return switch (answer.status()) {
            case 400, 404, 422 -> new SubmitAnswer.Rejected(error(ErrorType.SUBMIT_REJECTED, answer, Charged.NO), false, null);
            case 401, 403 -> new SubmitAnswer.Rejected(error(ErrorType.AUTHENTICATION, answer, Charged.NO), false, null);
            case 429 -> new SubmitAnswer.Rejected(error(ErrorType.RATE_LIMITED, answer, Charged.NO), true, answer.retryAfter(now));
            default -> new SubmitAnswer.Unknown(error(ErrorType.SUBMIT_UNKNOWN, answer, Charged.UNKNOWN));
        };
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get("/videos/" + PathPart.of(taskId));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        String status = answer.isSuccess() ? answer.json().path("status").asText("") : "HTTP " + answer.status();
        String url = answer.json().at("/video/url").asText("");
        return switch (status) {
            case "pending" -> new PollAnswer.Pending(true, null, answer.retryAfter(now));
            case "done" -> url.isBlank() ? new PollAnswer.NoAnswer("done without a URL", false, null)
                    : new PollAnswer.Done(url, null, null);
            case "failed" -> new PollAnswer.Failed(JobState.FAILED, error(ErrorType.JOB_FAILED, answer, Charged.UNKNOWN), null);
            case "HTTP 401" -> new PollAnswer.Refused(error(ErrorType.AUTHENTICATION, answer, Charged.UNKNOWN));
            case "HTTP 404" -> new PollAnswer.NotFound(error(ErrorType.JOB_NOT_FOUND, answer, Charged.UNKNOWN));
            default -> new PollAnswer.NoAnswer(SafeText.message(status), answer.status() == 429, answer.retryAfter(now));
        };
    }

    private JobError error(ErrorType type, HttpAnswer answer, Charged charged) {
        String reason = SafeText.message(answer.json().path("error").asText("no reason"));
        return JobError.of(type, name() + " answered HTTP " + answer.status() + ": " + reason, charged);
    }
}
