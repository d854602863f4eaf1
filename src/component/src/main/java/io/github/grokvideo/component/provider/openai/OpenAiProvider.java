// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaFilePart;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.answers.CallReader;
import io.github.grokvideo.component.provider.answers.GatewayError;
import io.github.grokvideo.component.provider.answers.Phase;
import io.github.grokvideo.component.provider.answers.PollReader;
import io.github.grokvideo.component.provider.answers.SubmitReader;
import io.github.grokvideo.component.provider.answers.TaskShape;
import io.github.grokvideo.component.provider.rules.RuledProvider;

/**
 * Relays that speak the OpenAI videos dialect, such as LiteLLM, new-api and CometAPI. There is no public default; where they differ,
 * {@code providerOptions} say how.
 */
public final class OpenAiProvider extends RuledProvider {

    private static final String NAME = "openai";
    private static final String MODERATED = "moderation_blocked";
    /** A key group without access to the model is answered with 503, like an outage. */
    private static final Pattern NO_ACCESS = Pattern.compile(
            "(?i)no available channel|no channel|key group|permission|not (authori[sz]ed|allowed)|no access"
                    + "|\u65e0\u53ef\u7528\u6e20\u9053");
    /** The client of OpenAI queries every second. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60), 0, 1, 0, false);

    private final OpenAiSettings settings;
    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls;

    public OpenAiProvider() {
        this(OpenAiSettings.DEFAULT);
    }

    private OpenAiProvider(OpenAiSettings settings) {
        super(NAME, OpenAiModels.rules(settings));
        this.settings = settings;
        this.polls = new PollReader(new TaskShape(NAME,
                Map.of("queued", Phase.WAITING, "in_progress", Phase.RUNNING, "completed", Phase.DONE, "failed", Phase.FAILED),
                settings.urls(), true, null, body -> null, Charged.UNKNOWN));
    }

    @Override
    public VideoProvider with(Map<String, String> chosen) {
        return new OpenAiProvider(OpenAiSettings.of(chosen));
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.empty();
    }

    @Override
    public String defaultModel() {
        return OpenAiModels.DEFAULT;
    }

    @Override
    public ProviderLimits limits() {
        return LIMITS;
    }

    @Override
    public HttpCall submit(VideoRequest request, String jobId) {
        HttpCall call = super.submit(request, jobId);
        ObjectNode body = (ObjectNode) ((HttpCall.Json) call.body()).content();
        JsonNode resolution = body.remove(OpenAiModels.RESOLUTION);
        JsonNode ratio = body.remove(OpenAiModels.RATIO);
        if (resolution != null || ratio != null) {
            body.put("size", settings.sizes().get(OpenAiModels.size(text(resolution), text(ratio))));
        }
        boolean file = request.images().stream().anyMatch(image -> image instanceof Media.LocalFile || image instanceof Media.Bytes);
        return file ? multipart(call, body, request.images().get(0)) : call;
    }

    private static HttpCall multipart(HttpCall call, ObjectNode body, Media image) {
        body.remove("input_reference");
        Map<String, String> fields = new LinkedHashMap<>();
        body.properties().forEach(field -> fields.put(
                field.getKey(), field.getValue().isValueNode() ? field.getValue().asText() : field.getValue().toString()));
        return HttpCall.post(call.path(), new HttpCall.Multipart(fields, MediaFilePart.of("input_reference", image)));
    }

    private static String text(JsonNode node) {
        return node == null ? null : node.asText();
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        GatewayError error = GatewayError.of(answer);
        if (answer.status() == 503 && error.message() != null && NO_ACCESS.matcher(error.message()).find()) {
            return submits.rejected(answer, now, ErrorType.AUTHENTICATION, "the key's group has no access to this model", false);
        }
        return submits.read(answer, now, "/id");
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get(path(taskId));
    }

    /** A video withheld by moderation is reported as completed, with an error and without a video, and billed. */
    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        GatewayError error = GatewayError.of(answer);
        boolean done = answer.isSuccess() && polls.phase(answer) == Phase.DONE;
        return done && MODERATED.equals(error.code()) ? polls.moderated(answer, error, Charged.YES, null)
                : polls.read(query, answer, now);
    }

    @Override
    public Optional<HttpCall> content(String taskId) {
        return Optional.of(HttpCall.get(path(taskId) + "/content"));
    }

    @Override
    public Optional<HttpCall> cancel(String taskId) {
        return Optional.of(HttpCall.delete(path(taskId)));
    }

    @Override
    public CancelAnswer cancelled(HttpAnswer answer, Instant now) {
        if (answer.status() == 204 || answer.isSuccess() && answer.json().path("deleted").booleanValue()) {
            return new CancelAnswer.Cancelled(Charged.UNKNOWN, null);
        }
        // A success that does not say so may come from a proxy, or the job was done: the next status query tells.
        return answer.isSuccess() ? new CancelAnswer.Requested() : new CancelAnswer.Refused(CallReader.notCancelled(NAME, answer));
    }

    private static String path(String taskId) {
        return "/videos/" + PathPart.of(taskId);
    }

    @Override
    public String balanceUnsupported() {
        return "the dialect of openai has no call for the account's balance: see the console of the relay";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenAiProvider provider && settings.equals(provider.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }
}
