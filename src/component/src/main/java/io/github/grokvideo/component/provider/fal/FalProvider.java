// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.fal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.KeyPlacement;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.answers.CallReader;
import io.github.grokvideo.component.provider.answers.GatewayError;
import io.github.grokvideo.component.provider.answers.Phase;
import io.github.grokvideo.component.provider.answers.PollReader;
import io.github.grokvideo.component.provider.answers.SubmitReader;
import io.github.grokvideo.component.provider.answers.TaskShape;
import io.github.grokvideo.component.provider.rules.RuledProvider;
import io.github.grokvideo.component.provider.webhook.FalWebhook;

/**
 * fal, {@code queue.fal.run}. Its queue tells that a request is completed, successful or not; the result is a second call. It bills in
 * units of its own, which it reports with the result.
 */
public final class FalProvider extends RuledProvider {

    private static final String NAME = "fal";
    private static final int RESULT = 1;
    private static final Pattern NO_CREDIT = Pattern.compile("(?i)balance|credit|locked|billing");
    private static final WebhookRules WEBHOOK = new FalWebhook();
    /** It documents no interval; its clients query more often. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60), 0, 1, 0, false);
    private static final TaskShape TASK = new TaskShape(
            NAME, Map.of("in_queue", Phase.WAITING, "in_progress", Phase.RUNNING, "completed", Phase.DONE), List.of("/video/url"), false,
            null, body -> null, Charged.UNKNOWN);

    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls = new PollReader(TASK);

    public FalProvider() {
        super(NAME, FalModels.RULES);
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
        return FalModels.DEFAULT;
    }

    @Override
    public ProviderLimits limits() {
        return LIMITS;
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        GatewayError error = GatewayError.of(answer);
        if (answer.status() == 403 && error.message() != null && NO_CREDIT.matcher(error.message()).find()) {
            return submits.rejected(answer, now, ErrorType.INSUFFICIENT_CREDIT, "top up the account", false);
        }
        SubmitAnswer meaning = submits.read(answer, now, "/request_id");
        return meaning instanceof SubmitAnswer.Accepted accepted
                ? new SubmitAnswer.Accepted(FalTask.accepted(accepted.taskId(), answer.json()).id(), accepted.cost()) : meaning;
    }

    @Override
    public Optional<WebhookRules> webhook() {
        return Optional.of(WEBHOOK);
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get(FalTask.of(taskId).path("/status"));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        if (query.step() == RESULT) {
            return result(query, answer, now);
        }
        return answer.isSuccess() && polls.phase(answer) == Phase.DONE
                ? new PollAnswer.AskNext(HttpCall.get(FalTask.of(query.taskId()).path(""))) : polls.read(query, answer, now);
    }

    /** Only an answer of the model itself, which has details, ends the job: any other is the queue's own trouble. */
    private PollAnswer result(PollQuery query, HttpAnswer answer, Instant now) {
        JsonNode body = answer.json();
        Cost cost = units(answer);
        if (answer.isSuccess()) {
            PollAnswer meaning = body.path("video").isMissingNode() ? polls.read(query, answer, now) : polls.video(query, answer, body);
            return meaning instanceof PollAnswer.Done done
                    ? new PollAnswer.Done(done.url(), done.urlExpiresAt(), cost, done.result()) : meaning;
        }
        boolean run = answer.status() >= 500 && body.hasNonNull("detail");
        boolean ofModel = run || body.path("detail").isArray() && answer.status() != 401 && answer.status() != 429;
        if (!ofModel) {
            return polls.byStatus(answer.status(), answer, now);
        }
        GatewayError error = GatewayError.of(answer);
        boolean cancelled = error.code() != null && error.code().toLowerCase(Locale.ROOT).contains("cancel");
        return cancelled ? polls.cancelled(answer, error, cost) : polls.failed(answer, error, cost);
    }

    private static Cost units(HttpAnswer answer) {
        String units = answer.headers().get("X-Fal-Billable-Units");
        return units == null || !units.strip().matches("\\d{1,9}(\\.\\d{1,9})?") ? null
                : new Cost(Cost.plain(new java.math.BigDecimal(units.strip())), "units");
    }

    @Override
    public Optional<HttpCall> cancel(String taskId) {
        return Optional.of(HttpCall.put(FalTask.of(taskId).path("/cancel")));
    }

    @Override
    public CancelAnswer cancelled(HttpAnswer answer, Instant now) {
        if (answer.isSuccess()) {
            return new CancelAnswer.Requested();
        }
        return answer.status() == 400 && answer.body().contains("ALREADY_COMPLETED") ? new CancelAnswer.TooLate()
                : new CancelAnswer.Refused(CallReader.notCancelled(NAME, answer));
    }

    @Override
    public String balanceUnsupported() {
        return "fal documents no call for the account's balance: see fal.ai/dashboard";
    }
}
