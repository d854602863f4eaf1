// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.checked;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.KeyPlacement;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;

/**
 * Checks a provider's return values, so that the engine need not. Each {@code fault} completes "method() ..."; null = none. Stateless.
 */
public final class ProviderRules {

    /** A wait of more than a day is taken for a mistake. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(7);
    private static final int LONGEST_NAME = 200;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
    /** A header's name, RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    /** Headers that frame the message or choose its receiver. */
    private static final Set<String> RESERVED = new TreeSet<>(Set.of("connection", "content-length", "host", "transfer-encoding"));

    private ProviderRules() {
    }

    public static String nameFault(String name) {
        return name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)
                ? "must return 1 to " + LONGEST_NAME + " characters on one line" : null;
    }

    public static String fault(ProviderLimits limits) {
        if (limits.firstPoll() == null || limits.firstPoll().isNegative() || limits.firstPoll().compareTo(LONGEST_INTERVAL) > 0) {
            return "returned firstPoll " + limits.firstPoll() + ": it must be 0 to 7 days";
        }
        if (!isInterval(limits.pollInterval())) {
            return "returned pollInterval " + limits.pollInterval() + ": it must be longer than 0, and 7 days at most";
        }
        if (!isInterval(limits.leastPollInterval()) || limits.leastPollInterval().compareTo(limits.pollInterval()) > 0) {
            return "returned leastPollInterval " + limits.leastPollInterval() + ": it must be longer than 0, and pollInterval at most";
        }
        if (!isInterval(limits.maxPollInterval())) {
            return "returned maxPollInterval " + limits.maxPollInterval() + ": it must be longer than 0, and 7 days at most";
        }
        if (!(limits.submitsPerSecond() >= 0) || !(limits.pollsPerSecond() >= 0)) {
            return "returned " + limits.submitsPerSecond() + " submits and " + limits.pollsPerSecond()
                    + " polls a second: they must be 0 (unlimited) or more";
        }
        return null;
    }

    private static boolean isInterval(Duration interval) {
        return interval != null && interval.toMillis() > 0 && interval.compareTo(LONGEST_INTERVAL) <= 0;
    }

    public static String fault(ResolvedRequest resolved) {
        return resolved.request() == null ? "returned no request" : null;
    }

    public static String fault(HttpCall call) {
        if (call.method() == null || !METHODS.contains(call.method())) {
            return "returned a call with method " + call.method() + ": it must be GET, POST, PUT or DELETE";
        }
        if (call.path() == null || !call.path().startsWith("/")) {
            return "returned a call whose path does not begin with /";
        }
        if (call.path().chars().anyMatch(Character::isISOControl)) {
            return "returned a call whose path has control characters in it: ids must be URL-encoded";
        }
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            if (!isHeader(header.getKey(), header.getValue())) {
                return "returned a call with a header " + header.getKey() + " that cannot be sent: its name must be a token other than "
                        + String.join(", ", RESERVED) + ", its value one line";
            }
        }
        if (call.body() instanceof HttpCall.FileBytes file && (file.contentType() == null || file.content() == null)) {
            return "returned a call with a file without content or contentType";
        }
        if (call.body() instanceof HttpCall.Json json && json.content() == null) {
            return "returned a call with a JSON body that is null";
        }
        if (call.body() instanceof HttpCall.Multipart form && (form.fields() == null || form.file() == null
                || form.file().name() == null || form.file().content() == null)) {
            return "returned a call with a multipart body without fields or file";
        }
        return null;
    }

    private static boolean isHeader(String name, String value) {
        return name != null && TOKEN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT))
                && value != null && value.chars().noneMatch(Character::isISOControl);
    }

    public static String fault(KeyPlacement placement) {
        return placement.place() == KeyPlacement.Place.HEADER && !isHeader(placement.name(), placement.prefix())
                || placement.name().isBlank() ? "returned a placement in " + placement.name() + ", which cannot be sent" : null;
    }

    public static String fault(CancelAnswer answer) {
        if (answer instanceof CancelAnswer.Cancelled cancelled && cancelled.charged() == null) {
            return "returned a cancelled job without saying whether it was charged";
        }
        return answer instanceof CancelAnswer.Refused refused && refused.error() == null ? "returned a refusal without an error" : null;
    }

    /** @return the call with illegal characters in its path URL-encoded, and nothing else changed */
    public static HttpCall sendable(HttpCall call) {
        if (call.path().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return call;
        }
        StringBuilder path = new StringBuilder(call.path().length() + 16);
        for (byte unit : call.path().getBytes(StandardCharsets.UTF_8)) {
            if (unit > ' ' && unit < 0x7f) {
                path.append((char) unit);
            } else {
                path.append('%').append(String.format("%02X", unit & 0xff));
            }
        }
        return new HttpCall(call.method(), path.toString(), call.headers(), call.body());
    }

    public static String fault(SubmitAnswer answer) {
        if (answer instanceof SubmitAnswer.Accepted taken) {
            return taken.taskId() == null ? "accepted a job without a task id" : TaskIds.fault(taken.taskId());
        }
        if (answer instanceof SubmitAnswer.Rejected rejected) {
            return rejected.error() == null ? "returned a rejection without an error" : null;
        }
        return ((SubmitAnswer.Unknown) answer).error() == null ? "returned an unknown outcome without an error" : null;
    }

    static SubmitAnswer usable(SubmitAnswer answer) {
        if (answer instanceof SubmitAnswer.Accepted taken) {
            return new SubmitAnswer.Accepted(taken.taskId().strip(), taken.cost());
        }
        return answer instanceof SubmitAnswer.Rejected rejected && rejected.retryAfter() != null
                ? new SubmitAnswer.Rejected(rejected.error(), rejected.repeatable(), within(rejected.retryAfter())) : answer;
    }

    public static String fault(PollAnswer answer) {
        if (answer instanceof PollAnswer.Failed failed) {
            boolean ends = failed.state() == JobState.FAILED || failed.state() == JobState.MODERATED || failed.state() == JobState.EXPIRED
                    || failed.state() == JobState.CANCELLED;
            return failed.error() == null ? "returned a failed job without an error"
                    : ends ? null : "returned a failed job in state " + failed.state() + ": it must be FAILED, MODERATED, EXPIRED or"
                            + " CANCELLED";
        }
        if (answer instanceof PollAnswer.Done done && done.result() == null) {
            return "returned a video whose result is null";
        }
        if (answer instanceof PollAnswer.AskNext next) {
            return next.call() == null ? "returned no next call" : fault(next.call());
        }
        if (answer instanceof PollAnswer.NotFound notFound) {
            return notFound.error() == null ? "returned an unknown task without an error" : null;
        }
        return answer instanceof PollAnswer.Refused refused && refused.error() == null ? "returned a refused key without an error" : null;
    }

    static PollAnswer usable(PollAnswer answer) {
        if (answer instanceof PollAnswer.Pending pending) {
            Integer progress = pending.progress() == null ? null : Math.max(0, Math.min(99, pending.progress()));
            return new PollAnswer.Pending(
                    pending.running(), progress, within(pending.retryAfter()), pending.word(), pending.understood());
        }
        if (answer instanceof PollAnswer.AskNext next) {
            return new PollAnswer.AskNext(sendable(next.call()));
        }
        if (answer instanceof PollAnswer.NoAnswer none) {
            return new PollAnswer.NoAnswer(none.reason(), none.rateLimited(), within(none.retryAfter()));
        }
        return answer instanceof PollAnswer.Done done && done.url() != null && done.url().isBlank()
                ? new PollAnswer.Done(null, done.urlExpiresAt(), done.cost(), done.result()) : answer;
    }

    /** @param retryAfter null = not reported */
    private static Duration within(Duration retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        return retryAfter.isNegative() ? Duration.ZERO
                : retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter;
    }

    public static String fault(UploadAnswer answer) {
        if (answer instanceof UploadAnswer.Refused refused) {
            return refused.error() == null ? "returned a refusal without an error" : null;
        }
        if (answer instanceof UploadAnswer.SendTo place && (!"PUT".equals(place.method()) && !"POST".equals(place.method())
                || place.url() == null || place.headers() == null
                || !place.headers().entrySet().stream().allMatch(header -> isHeader(header.getKey(), header.getValue())))) {
            return "returned a place without a URL, with a method other than PUT and POST, or with headers that cannot be sent";
        }
        Media media = answer instanceof UploadAnswer.SendTo place ? place.media() : ((UploadAnswer.Uploaded) answer).media();
        return media == null || media instanceof Media.LocalFile || media instanceof Media.Bytes || media instanceof Media.EarlierJob
                ? "returned media that are not at the gateway: it must be a URL, or a file or task there" : null;
    }

    public static String fault(BalanceAnswer answer) {
        return answer instanceof BalanceAnswer.Refused refused && refused.error() == null ? "returned a refusal without an error" : null;
    }
}
