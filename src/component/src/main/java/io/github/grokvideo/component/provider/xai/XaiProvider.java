// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.xai;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaFilePart;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;
import io.github.grokvideo.component.provider.answers.CallReader;
import io.github.grokvideo.component.provider.answers.GatewayError;
import io.github.grokvideo.component.provider.answers.Phase;
import io.github.grokvideo.component.provider.answers.PollReader;
import io.github.grokvideo.component.provider.answers.Reason;
import io.github.grokvideo.component.provider.answers.SafeText;
import io.github.grokvideo.component.provider.answers.SubmitReader;
import io.github.grokvideo.component.provider.answers.TaskId;
import io.github.grokvideo.component.provider.answers.TaskShape;
import io.github.grokvideo.component.provider.rules.RuledProvider;

/**
 * xAI itself, {@code api.x.ai}. Unknown models have all of xAI's fields without ranges.
 * <p>
 * Output withheld by moderation is billed. It is reported in three ways: a flag in a done job, HTTP 400 on the status query, or the message
 * of a failed job.
 */
public final class XaiProvider extends RuledProvider {

    private static final String NAME = "xai";
    private static final int TICKS_PER_USD_DIGITS = 10;
    private static final int LONGEST_TEXT = 2000;
    /** Seconds for which xAI keeps an upload, at least and at most. */
    private static final long SHORTEST_KEEP = 3600;
    private static final long LONGEST_KEEP = 2_592_000;
    /** A wrong key may also be answered with 400. */
    private static final Pattern WRONG_KEY = Pattern.compile(
            "(?i)(incorrect|invalid|wrong|missing|expired)( \\w+){0,2} api[ _-]?key"
                    + "|api[ _-]?key( \\w+){0,4} (incorrect|invalid|wrong|missing|expired)");
    /** Missing credit is answered with 403, like a missing permission, or with 429, although waiting does not help. */
    private static final Pattern NO_CREDIT = Pattern.compile(
            "(?i)any credits|available credits|out of credits|purchase (more )?credits|spending[ -]limit");
    private static final String BUY_CREDIT = "buy credits or raise the spending limit at console.x.ai";
    /** The SDK of xAI queries every second. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60), 1, 1, 0, true);
    private static final TaskShape TASK = new TaskShape(
            NAME,
            Map.of("pending", Phase.WAITING, "done", Phase.DONE, "failed", Phase.FAILED, "expired", Phase.EXPIRED),
            List.of("/video/url", "/video/file_output/public_url"), false, null, XaiProvider::cost, Charged.UNKNOWN);

    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls = new PollReader(TASK);

    public XaiProvider() {
        super(NAME, XaiModels.RULES);
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.of("https://api.x.ai/v1");
    }

    @Override
    public String defaultModel() {
        return XaiModels.DEFAULT;
    }

    @Override
    public ProviderLimits limits() {
        return LIMITS;
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        if (answer.status() == 400 && isWrongKey(answer)) {
            return submits.rejected(answer, now, ErrorType.AUTHENTICATION, "check the API key", false);
        }
        if (isNoCredit(answer)) {
            return submits.rejected(answer, now, ErrorType.INSUFFICIENT_CREDIT, BUY_CREDIT, false);
        }
        return submits.read(answer, now, "/request_id", "/id");
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get("/videos/" + PathPart.of(taskId));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        GatewayError gatewayError = GatewayError.of(answer);
        JsonNode body = answer.json();
        if (answer.status() == 400 && body.isObject()) {
            return badRequest(query, answer, gatewayError, body, now);
        }
        JsonNode task = PollReader.taskIn(body);
        JsonNode allowed = task.path("video").path("respect_moderation");
        boolean done = answer.isSuccess() && polls.phase(answer) == Phase.DONE;
        if (done && allowed.isBoolean() && !allowed.asBoolean()) {
            return moderated(answer, gatewayError, task);
        }
        PollAnswer meaning = polls.read(query, answer, now);
        return meaning instanceof PollAnswer.Done video ? done(query, video, result(task)) : meaning;
    }

    /** A published copy of a video that xAI has put elsewhere is not downloaded. */
    private static PollAnswer done(PollQuery query, PollAnswer.Done video, JobDetails result) {
        boolean copy = query.elsewhere() && video.url() != null && video.url().equals(result.publicUrl());
        return new PollAnswer.Done(copy ? null : video.url(), video.urlExpiresAt(), video.cost(), result);
    }

    /** A 400 ends the job only if it is about the job; any other may come from a proxy or be a slip. */
    private PollAnswer badRequest(PollQuery query, HttpAnswer answer, GatewayError gatewayError, JsonNode body, Instant now) {
        if (isWrongKey(answer)) {
            return polls.refused(answer);
        }
        if (gatewayError.isModeration()) {
            return moderated(answer, gatewayError, body);
        }
        boolean ofTask = body.hasNonNull("error") && gatewayError.message() != null && gatewayError.message().contains(query.taskId());
        return ofTask ? polls.failed(answer, gatewayError, cost(body)) : polls.byStatus(answer.status(), answer, now);
    }

    private static JobDetails result(JsonNode task) {
        JsonNode file = task.path("video").path("file_output");
        String storageError = SafeText.message(Reason.first(task.path("video").path("storage_error"), file.path("public_url_error")));
        return JobDetails.ofResult(text(task.path("model")), text(file.path("file_id")), text(file.path("public_url")), storageError);
    }

    /** @return null = no text, or too long to be an id or a URL */
    private static String text(JsonNode node) {
        String text = node.isTextual() ? node.asText().strip() : "";
        return text.isEmpty() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl) ? null : text;
    }

    /** Documented as billed, unless the answer reports a cost. */
    private PollAnswer moderated(HttpAnswer answer, GatewayError gatewayError, JsonNode body) {
        Cost cost = cost(body);
        return polls.moderated(answer, gatewayError, cost != null && cost.amount().signum() == 0 ? Charged.NO : Charged.YES, cost);
    }

    @Override
    public Optional<HttpCall> upload(Media media, String field, Duration keep) {
        // Without expires_after, before the file, an upload is kept and billed for ever.
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("purpose", "assistants");
        fields.put("expires_after", String.valueOf(Math.max(SHORTEST_KEEP, Math.min(LONGEST_KEEP, keep.toSeconds()))));
        return Optional.of(HttpCall.post("/files", new HttpCall.Multipart(fields, MediaFilePart.of("file", media))));
    }

    @Override
    public Optional<HttpCall> deleteUpload(String fileId) {
        return Optional.of(HttpCall.delete("/files/" + PathPart.of(fileId)));
    }

    @Override
    public UploadAnswer uploaded(HttpAnswer answer) {
        String id = answer.isSuccess() ? TaskId.at(answer.json(), "/id", "/file_id") : null;
        return id != null ? new UploadAnswer.Uploaded(new Media.GatewayFile(id)) : new UploadAnswer.Refused(refusedUpload(answer));
    }

    private static JobError refusedUpload(HttpAnswer answer) {
        if (answer.status() == 400 && isWrongKey(answer)) {
            return CallReader.wrongKey(NAME, "the upload", answer);
        }
        return isNoCredit(answer) ? CallReader.noCredit(NAME, "the upload", answer, BUY_CREDIT)
                : CallReader.refused(NAME, "the upload", answer, ErrorType.SUBMIT_REJECTED);
    }

    @Override
    public String balanceUnsupported() {
        return "xai reports the balance only on its management API (https://management-api.x.ai, billing/teams/{team_id}/prepaid/balance)"
                + " to a management key, which is not an API key: see console.x.ai";
    }

    private static boolean isWrongKey(HttpAnswer answer) {
        return says(WRONG_KEY, answer);
    }

    private static boolean isNoCredit(HttpAnswer answer) {
        return (answer.status() == 403 || answer.status() == 429) && says(NO_CREDIT, answer);
    }

    private static boolean says(Pattern pattern, HttpAnswer answer) {
        GatewayError gatewayError = GatewayError.of(answer);
        return gatewayError.message() != null && pattern.matcher(gatewayError.message()).find()
                || gatewayError.code() != null && pattern.matcher(gatewayError.code()).find();
    }

    private static Cost cost(JsonNode body) {
        JsonNode ticks = body.at("/usage/cost_in_usd_ticks");
        return ticks.isIntegralNumber() && ticks.bigIntegerValue().signum() >= 0 && ticks.bigIntegerValue().bitLength() < 64
                ? new Cost(Cost.plain(new BigDecimal(ticks.bigIntegerValue(), TICKS_PER_USD_DIGITS)), Cost.USD) : null;
    }
}
