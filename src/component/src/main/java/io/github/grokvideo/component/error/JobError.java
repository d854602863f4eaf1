// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.io.Serializable;
import java.util.Objects;

/**
 * Why a job or a call ended badly, as a value that can be stored.
 *
 * @param type        its kind
 * @param message     for the person who reads the log: what happened and what to do; no secrets
 * @param charged     whether money was spent
 * @param retryable   whether the same request sent again later may succeed without paying twice
 * @param httpStatus  the gateway's HTTP status; null = none
 * @param gatewayCode the gateway's own error code; null = none
 * @param requestId   the gateway's request id; null = none
 */
public record JobError(
        ErrorType type, String message, Charged charged, boolean retryable, Integer httpStatus, String gatewayCode,
        String requestId) implements Serializable {

    public JobError {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(charged, "charged");
    }

    public static JobError of(ErrorType type, String message, Charged charged) {
        return new JobError(type, message, charged, false, null, null, null);
    }

    public JobError withRetryable(boolean value) {
        return new JobError(type, message, charged, value, httpStatus, gatewayCode, requestId);
    }

    public JobError withMessage(String value) {
        return new JobError(type, value, charged, retryable, httpStatus, gatewayCode, requestId);
    }

    public JobError withCharged(Charged value) {
        return new JobError(type, message, value, retryable, httpStatus, gatewayCode, requestId);
    }

    /** @return the exception of this kind; jobId and provider may be null */
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
