// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.aivideoapi;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.answers.Amount;
import io.github.grokvideo.component.provider.answers.CallReader;
import io.github.grokvideo.component.provider.answers.GatewayError;
import io.github.grokvideo.component.provider.answers.Phase;
import io.github.grokvideo.component.provider.answers.PollReader;
import io.github.grokvideo.component.provider.answers.SubmitReader;
import io.github.grokvideo.component.provider.answers.TaskShape;
import io.github.grokvideo.component.provider.rules.RuledProvider;
import io.github.grokvideo.component.provider.webhook.TokenWebhook;

/**
 * aivideoapi.ai. Answers have an envelope whose {@code code} counts if the HTTP status is 200. Unknown models have the fields of the two
 * documented ones without ranges.
 */
public final class AiVideoApiProvider extends RuledProvider {

    private static final String NAME = "aivideoapi";
    /** Its {@code upstream_error} may occur after a task was created, so it proves nothing. */
    private static final TaskShape TASK = new TaskShape(
            NAME,
            Map.of("pending", Phase.WAITING, "processing", Phase.RUNNING, "completed", Phase.DONE, "failed", Phase.FAILED),
            List.of("/output/urls/0", "/output/video_urls/0", "/output/url"), false, Duration.ofHours(24), body -> null, Charged.NO);
    private static final WebhookRules WEBHOOK = new TokenWebhook();
    /** It documents no interval. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(60), 0, 1, 0, false);
    /** Field names of other gateways and of this one's similar calls, since the body of the credits call is undocumented. */
    private static final List<String> CREDITS = List.of(
            "credits", "balance", "remaining", "remaining_credits", "credits_remaining", "credit_balance", "available",
            "available_credits", "total_credits", "amount");
    private static final String[] IDS = {"/data/taskId", "/data/task_id", "/data/id", "/taskId", "/id"};
    private static final List<String> USED = List.of("used", "used_credits", "credits_used");

    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls = new PollReader(TASK);

    public AiVideoApiProvider() {
        super(NAME, AiVideoApiModels.RULES);
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.of("https://api.aivideoapi.ai/v1");
    }

    @Override
    public String defaultModel() {
        return AiVideoApiModels.TEXT;
    }

    @Override
    public ProviderLimits limits() {
        return LIMITS;
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        int status = status(answer);
        if (status == 429 && "spend_limit_exceeded".equals(GatewayError.of(answer).code())) {
            return submits.rejected(answer, now, ErrorType.SPEND_LIMIT,
                    "the key has reached its hourly, daily or total limit: wait for the next period or raise its limit", false);
        }
        boolean taken = answer.isSuccess() && SubmitReader.taskId(answer, IDS) != null;
        return status >= 300 && !taken ? submits.byStatus(status, answer, now, IDS) : submits.read(answer, now, IDS);
    }

    @Override
    public Optional<WebhookRules> webhook() {
        return Optional.of(WEBHOOK);
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get("/tasks/" + PathPart.of(taskId));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        boolean task = PollReader.taskIn(answer.json()).has("status");
        int status = status(answer);
        return status >= 300 && !task ? polls.byStatus(status, answer, now) : polls.read(query, answer, now);
    }

    @Override
    public Optional<HttpCall> balance() {
        return Optional.of(HttpCall.get("/credits"));
    }

    @Override
    public BalanceAnswer balance(HttpAnswer answer) {
        int status = status(answer);
        JsonNode body = answer.json();
        JsonNode data = body.path("data");
        BigDecimal remaining = status >= 300 ? null : data.isValueNode() ? Amount.at(data) : first(CREDITS, data, body);
        if (remaining == null) {
            HttpAnswer shown = new HttpAnswer(status, answer.headers(), answer.body());
            return new BalanceAnswer.Refused(CallReader.refused(NAME, "the balance query", shown, ErrorType.UNSUPPORTED));
        }
        BigDecimal used = first(USED, data, body);
        return new BalanceAnswer.Balance(new Cost(remaining, Cost.CREDITS), used == null ? null : new Cost(used, Cost.CREDITS));
    }

    /** The envelope's code if the HTTP status is a success. */
    private static int status(HttpAnswer answer) {
        JsonNode code = answer.json().path("code");
        boolean telling = answer.isSuccess() && code.isValueNode() && code.asText().matches("[345]\\d\\d");
        return telling ? Integer.parseInt(code.asText()) : answer.status();
    }

    private static BigDecimal first(List<String> names, JsonNode... bodies) {
        for (JsonNode body : bodies) {
            for (String name : names) {
                BigDecimal amount = Amount.at(body.path(name));
                if (amount != null) {
                    return amount;
                }
            }
        }
        return null;
    }
}
