// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Why a job or a call failed, as a value that can be stored.
 *
 * @param type        kind of the error
 * @param message     what happened and what to do, for whoever reads the log; no secrets
 * @param charged     whether money was spent
 * @param retryable   whether the same request may succeed later, without being charged twice
 * @param httpStatus  the gateway's HTTP status; null = none
 * @param gatewayCode the gateway's own error code; null = none
 * @param requestId   the gateway's request id; null = none
 */
public record JobError(
        ErrorType type, String message, Charged charged, boolean retryable, Integer httpStatus, String gatewayCode,
        String requestId) implements Serializable {

    /**
     * What one account answered to a call that went on to another one. Nothing was created there, and nothing was charged.
     *
     * @param account  name of the account; never null
     * @param provider name of its gateway; never null
     * @param jobId    id of the job that was rejected; null = none was stored
     * @param error    why it was not taken; never null
     * @param at       when that was known; never null
     */
    public record Attempt(String account, String provider, String jobId, JobError error, Instant at) implements Serializable {

        /**
         * @param account  name of the account; never null
         * @param provider name of its gateway; never null
         * @param jobId    id of the job that was rejected; null = none was stored
         * @param error    why it was not taken; never null
         * @param at       when that was known; never null
         */
        public Attempt {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(provider, "provider");
            Objects.requireNonNull(error, "error");
            Objects.requireNonNull(at, "at");
        }

        /**
         * Returns the attempt as plain values that can be written as JSON: {@code account}, {@code provider}, {@code jobId} if there was a
         * job, {@code type}, {@code message}, and {@code at} in ISO 8601.
         *
         * @return an unmodifiable map in that order
         */
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("account", account);
            map.put("provider", provider);
            if (jobId != null) {
                map.put("jobId", jobId);
            }
            map.put("type", error.type().name());
            map.put("message", error.message());
            map.put("at", at.toString());
            return Collections.unmodifiableMap(map);
        }
    }

    /**
     * @param type        kind of the error; never null
     * @param message     what happened and what to do; never null
     * @param charged     whether money was spent; never null
     * @param retryable   whether the same request may succeed later, without being charged twice
     * @param httpStatus  the gateway's HTTP status; null = none
     * @param gatewayCode the gateway's own error code; null = none
     * @param requestId   the gateway's request id; null = none
     */
    public JobError {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(charged, "charged");
    }

    /**
     * @param  type    kind of the error
     * @param  message what happened and what to do; no secrets
     * @param  charged whether money was spent
     * @return         an error that is not retryable, without details from the gateway
     */
    public static JobError of(ErrorType type, String message, Charged charged) {
        return new JobError(type, message, charged, false, null, null, null);
    }

    /**
     * @param  value whether the same request may succeed later, without being charged twice
     * @return       a copy
     */
    public JobError withRetryable(boolean value) {
        return new JobError(type, message, charged, value, httpStatus, gatewayCode, requestId);
    }

    /**
     * @param  value what happened and what to do; no secrets
     * @return       a copy
     */
    public JobError withMessage(String value) {
        return new JobError(type, value, charged, retryable, httpStatus, gatewayCode, requestId);
    }

    /**
     * @param  value whether money was spent
     * @return       a copy
     */
    public JobError withCharged(Charged value) {
        return new JobError(type, message, value, retryable, httpStatus, gatewayCode, requestId);
    }

    /**
     * @param  jobId    the component's job id; null = there is no job
     * @param  provider name of the gateway; null = none was chosen yet
     * @return          a new exception of this kind
     */
    public GrokVideoException toException(String jobId, String provider) {
        return switch (type) {
            case INVALID_REQUEST -> new InvalidRequestException(jobId, provider, this, java.util.List.of());
            case AUTHENTICATION -> new AuthenticationException(jobId, provider, this);
            case INSUFFICIENT_CREDIT -> new InsufficientCreditException(jobId, provider, this);
            case RATE_LIMITED -> new RateLimitedException(jobId, provider, this);
            case SPEND_LIMIT -> new SpendLimitException(jobId, provider, this);
            case SUBMIT_REJECTED -> new SubmitRejectedException(jobId, provider, this);
            case SUBMIT_UNKNOWN -> new SubmitUnknownException(jobId, provider, this);
            case JOB_FAILED -> new JobFailedException(jobId, provider, this);
            case MODERATED -> new ModeratedException(jobId, provider, this);
            case JOB_EXPIRED -> new JobExpiredException(jobId, provider, this);
            case CANCELLED -> new JobCancelledException(jobId, provider, this);
            case JOB_NOT_FOUND -> new JobNotFoundException(jobId, provider, this);
            case JOB_KEY_CONFLICT -> new JobKeyConflictException(jobId, provider, this);
            case STORE_UNAVAILABLE -> new StoreUnavailableException(jobId, provider, this);
            case UNSUPPORTED -> new UnsupportedException(jobId, provider, this);
            case WAIT_TIMEOUT -> new WaitTimeoutException(jobId, provider, this);
            case DOWNLOAD_FAILED -> new DownloadFailedException(jobId, provider, this);
            case DETACHED -> new DetachedException(jobId, provider, this);
            case ALREADY_DELIVERED -> new AlreadyDeliveredException(jobId, provider, this);
        };
    }
}
