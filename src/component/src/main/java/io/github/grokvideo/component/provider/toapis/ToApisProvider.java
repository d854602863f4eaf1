// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.toapis;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaFilePart;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.answers.Amount;
import io.github.grokvideo.component.provider.answers.CallReader;
import io.github.grokvideo.component.provider.answers.GatewayError;
import io.github.grokvideo.component.provider.answers.Phase;
import io.github.grokvideo.component.provider.answers.PollReader;
import io.github.grokvideo.component.provider.answers.SubmitReader;
import io.github.grokvideo.component.provider.answers.TaskId;
import io.github.grokvideo.component.provider.answers.TaskShape;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.RuledProvider;
import io.github.grokvideo.component.provider.webhook.ToApisWebhook;

/**
 * ToAPIs, {@code toapis.com} (in mainland China {@code https://toapis.cn/v1}). Each model has its own body; unknown models get the flat
 * body of {@code grok-imagine-1.0-video} without ranges.
 * <p>
 * It stores the component's job id as {@code client_business_id}, so that a job whose submit answer was lost can be looked up.
 */
public final class ToApisProvider extends RuledProvider {

    private static final String NAME = "toapis";
    private static final Pattern KEY_PROBLEM = Pattern.compile("(?i)unauthori[sz]ed|api[ _-]?key|token");
    private static final WebhookRules WEBHOOK = new ToApisWebhook();
    /** It asks for at least 5 seconds. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60), 5, 50, 50, false);
    private static final TaskShape TASK = new TaskShape(
            NAME,
            Map.of("queued", Phase.WAITING, "submitted", Phase.WAITING, "pending", Phase.WAITING, "in_progress", Phase.RUNNING,
                    "completed", Phase.DONE, "failed", Phase.FAILED),
            // Older versions of the documentation have the URL one or two levels higher.
            List.of("/result/data/0/url", "/result/url", "/url"), false, null, body -> null, Charged.NO);
    private static final RuleBook RULES = new RuleBook(request -> DottedImagine.ID, DottedImagine.OTHERS,
            List.of(DottedImagine.MODEL, DashedImagine.MODEL, GrokVideo15.MODEL, GrokVideo15Preview.MODEL, GrokVideo10.MODEL));

    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls = new PollReader(TASK);

    public ToApisProvider() {
        super(NAME, RULES);
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.of("https://toapis.com/v1");
    }

    @Override
    public String defaultModel() {
        return DottedImagine.ID;
    }

    @Override
    public ProviderLimits limits() {
        return LIMITS;
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        if (answer.status() == 503 && "rate_limit_unavailable".equals(GatewayError.of(answer).code())) {
            return submits.rejected(answer, now, ErrorType.RATE_LIMITED, "its submit limiter is down, try again later", true);
        }
        return submits.read(answer, now, "/id", "/task_id", "/data/id", "/data/task_id");
    }

    @Override
    public Optional<WebhookRules> webhook() {
        return Optional.of(WEBHOOK);
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get(ToApisShape.CREATE + "/" + PathPart.of(taskId));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        return polls.read(query, answer, now);
    }

    @Override
    public Optional<HttpCall> lookup(String jobId) {
        return Optional.of(poll(jobId));
    }

    @Override
    public Optional<String> lookedUp(HttpAnswer answer) {
        JsonNode task = PollReader.taskIn(answer.json());
        // An error without a status is not a task, even if it contains an id.
        return answer.isSuccess() && task.path("status").isTextual() ? Optional.ofNullable(TaskId.at(task, "/id", "/task_id"))
                : Optional.empty();
    }

    @Override
    public Optional<HttpCall> upload(Media media, String field, Duration keep) {
        return Optional.of(HttpCall.post("video".equals(field) ? "/uploads/videos" : "/uploads/images",
                new HttpCall.Multipart(Map.of("purpose", "generation"), MediaFilePart.of("file", media))));
    }

    @Override
    public UploadAnswer uploaded(HttpAnswer answer) {
        JsonNode url = answer.json().at("/data/url");
        boolean usable = answer.isSuccess() && url.isTextual() && url.asText().matches("(?i)https?://[^\\s/?#]\\S{0,8000}");
        return usable ? new UploadAnswer.Uploaded(new Media.Url(url.asText()))
                : new UploadAnswer.Refused(CallReader.refused(NAME, "the upload", answer, ErrorType.SUBMIT_REJECTED));
    }

    @Override
    public Optional<HttpCall> balance() {
        return Optional.of(HttpCall.get("/balance"));
    }

    @Override
    public BalanceAnswer balance(HttpAnswer answer) {
        JsonNode body = answer.json().path("data").isObject() ? answer.json().path("data") : answer.json();
        boolean gatewayError = answer.isSuccess() && answer.json().path("success").asBoolean(true);
        boolean dollars = Amount.at(body.path("remain_balance")) != null;
        BigDecimal remaining = Amount.at(body.path(dollars ? "remain_balance" : "remain_credits"));
        BigDecimal used = Amount.at(body.path(dollars ? "used_balance" : "used_credits"));
        if (gatewayError && (remaining != null || body.path("unlimited_quota").asBoolean(false))) {
            String unit = dollars ? Cost.USD : Cost.CREDITS;
            boolean unlimited = body.path("unlimited_quota").asBoolean(false) || remaining.compareTo(BigDecimal.ONE.negate()) == 0;
            return new BalanceAnswer.Balance(unlimited ? null : new Cost(remaining, unit), used == null ? null : new Cost(used, unit));
        }
        GatewayError error = GatewayError.of(answer);
        // This gateway also reports a wrong key with HTTP 200.
        boolean key = answer.isSuccess() && error.message() != null && KEY_PROBLEM.matcher(error.message()).find();
        return new BalanceAnswer.Refused(key ? CallReader.wrongKey(NAME, "the balance query", answer)
                : CallReader.refused(NAME, "the balance query", answer, ErrorType.UNSUPPORTED));
    }
}
