// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What every failure of this component is. Never carries a key, a signed URL or a prompt. */
public abstract class GrokVideoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String jobId;
    private final String provider;
    private final JobError error;

    protected GrokVideoException(String jobId, String provider, JobError error) {
        super(text(jobId, provider, Objects.requireNonNull(error, "error")));
        this.jobId = jobId;
        this.provider = provider;
        this.error = error;
    }

    /** Made on the engine's threads, where the stack says nothing about the route; ten thousand may end at once when a context stops. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** Our job id; null = there is no job. */
    public String getJobId() {
        return jobId;
    }

    /** Name of the gateway; null = none was chosen yet. */
    public String getProvider() {
        return provider;
    }

    public JobError getError() {
        return error;
    }

    /** The same request sent again later may succeed, and cannot pay twice. */
    public boolean isRetryable() {
        return error.retryable() || isResumable();
    }

    /** The job lives on: the same call again (same exchange, jobKey or job id) attaches to it without paying. */
    public boolean isResumable() {
        return false;
    }

    public Charged getCharged() {
        return error.charged();
    }

    /** The gateway's HTTP status; null = none. */
    public Integer getHttpStatus() {
        return error.httpStatus();
    }

    /** The gateway's own error code; null = none. */
    public String getGatewayCode() {
        return error.gatewayCode();
    }

    /** The gateway's request id, which its support asks for; null = none. */
    public String getRequestId() {
        return error.requestId();
    }

    /**
     * The failure as plain values, to be sent on as JSON: {@code type}, {@code message}, {@code charged} (yes, no or unknown),
     * {@code retryable}, {@code resumable}, and {@code jobId}, {@code provider}, {@code code}, {@code httpStatus} and {@code requestId}
     * where there is one.
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
        return Collections.unmodifiableMap(map);
    }

    private static void put(Map<String, Object> map, String name, Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    /** @return the same exception anew, without cause */
    GrokVideoException copy() {
        return error.toException(jobId, provider);
    }

    /** Brokers and aggregation repositories serialize exceptions: a cause that may not be serializable goes as its text. */
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
