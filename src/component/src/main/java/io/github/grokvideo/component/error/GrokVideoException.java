// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Base class of all failures of this component. Never contains an API key, a signed URL or a prompt. */
public abstract class GrokVideoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String jobId;
    private final String provider;
    private final JobError error;
    private List<JobError.Attempt> attempts = List.of();

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    protected GrokVideoException(String jobId, String provider, JobError error) {
        super(text(jobId, provider, Objects.requireNonNull(error, "error")));
        this.jobId = jobId;
        this.provider = provider;
        this.error = error;
    }

    /** No stack trace: exceptions are created on the engine's threads, possibly thousands at once when a context stops. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** @return the component's job id; null = there is no job */
    public String getJobId() {
        return jobId;
    }

    /** @return name of the gateway; null = none was chosen yet */
    public String getProvider() {
        return provider;
    }

    /** @return the failure as a value; never null */
    public JobError getError() {
        return error;
    }

    /** @return whether the same request may succeed later, without being charged twice */
    public boolean isRetryable() {
        return error.retryable() || isResumable();
    }

    /** @return whether the job continues: the same call (same exchange, jobKey or job id) attaches to it without paying again */
    public boolean isResumable() {
        return false;
    }

    /** @return whether money was spent; never null */
    public Charged getCharged() {
        return error.charged();
    }

    /** @return the gateway's HTTP status; null = none */
    public Integer getHttpStatus() {
        return error.httpStatus();
    }

    /** @return the gateway's own error code; null = none */
    public String getGatewayCode() {
        return error.gatewayCode();
    }

    /** @return the gateway's request id, for its support; null = none */
    public String getRequestId() {
        return error.requestId();
    }

    /**
     * Returns the failure as plain values that can be written as JSON: {@code type}, {@code message}, {@code charged} (yes, no or unknown),
     * {@code retryable}, {@code resumable}, and {@code jobId}, {@code provider}, {@code code}, {@code httpStatus}, {@code requestId} and
     * {@code attempts} if there are any.
     *
     * @return an unmodifiable map in that order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", error.type().name());
        map.put("message", error.message());
        map.put("charged", error.charged().name().toLowerCase(Locale.ROOT));
        map.put("retryable", isRetryable());
        map.put("resumable", isResumable());
        put(map, "jobId", jobId);
        put(map, "provider", provider);
        put(map, "code", error.gatewayCode());
        put(map, "httpStatus", error.httpStatus());
        put(map, "requestId", error.requestId());
        put(map, "attempts", attempts.isEmpty() ? null : attempts.stream().map(JobError.Attempt::toMap).toList());
        return Collections.unmodifiableMap(map);
    }

    private static void put(Map<String, Object> map, String name, Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    /** @return what other accounts had answered before, if the call has the option {@code failover}; unmodifiable, never null */
    public List<JobError.Attempt> getAttempts() {
        return attempts;
    }

    /**
     * @param  value   what the accounts answered
     * @param  message replaces that of this exception
     * @return         a copy of this exception, of the same type
     */
    public GrokVideoException withAttempts(List<JobError.Attempt> value, String message) {
        GrokVideoException copy = copy(error.withMessage(message));
        copy.attempts = List.copyOf(value);
        if (getCause() != null) {
            copy.initCause(getCause());
        }
        return copy;
    }

    /** @return a copy of this exception without its cause */
    GrokVideoException copy() {
        GrokVideoException copy = copy(error);
        copy.attempts = attempts;
        return copy;
    }

    /** @return an exception of this type for another error, without cause and attempts */
    GrokVideoException copy(JobError other) {
        return other.toException(jobId, provider);
    }

    /**
     * Called when a broker or an aggregation repository serializes the exception.
     *
     * @return this, or a copy in which causes that may not be serializable are replaced by their text
     */
    protected final Object writeReplace() {
        return CauseAsText.isNeeded(this) ? CauseAsText.of(this) : this;
    }

    private static String text(String jobId, String provider, JobError error) {
        StringBuilder text = new StringBuilder(error.message()).append(" [");
        if (jobId != null) {
            text.append("job ").append(jobId).append(", ");
        }
        if (provider != null) {
            text.append("provider ").append(provider).append(", ");
        }
        if (error.httpStatus() != null) {
            text.append("HTTP ").append(error.httpStatus()).append(", ");
        }
        if (error.gatewayCode() != null) {
            text.append("code ").append(error.gatewayCode()).append(", ");
        }
        if (error.requestId() != null) {
            text.append("request ").append(error.requestId()).append(", ");
        }
        return text.append("charged: ").append(error.charged().name().toLowerCase(Locale.ROOT)).append(']').toString();
    }
}
