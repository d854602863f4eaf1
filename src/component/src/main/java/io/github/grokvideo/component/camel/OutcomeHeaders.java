// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.SignedUrl;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Message;

/** Writes the outcome of a call, successful or not, into the headers of its message. */
final class OutcomeHeaders {

    private static final List<String> ALL = List.of(
            GrokVideoConstants.STATUS, GrokVideoConstants.PROGRESS, GrokVideoConstants.PROVIDER, GrokVideoConstants.JOB_ACCOUNT,
            GrokVideoConstants.JOB_MODEL, GrokVideoConstants.JOB_MODE, GrokVideoConstants.COST, GrokVideoConstants.COST_UNIT,
            GrokVideoConstants.COST_ESTIMATED,
            GrokVideoConstants.FILE, GrokVideoConstants.SIZE, GrokVideoConstants.SHA256, GrokVideoConstants.URL,
            GrokVideoConstants.URL_EXPIRES_AT,
            GrokVideoConstants.SUBMITTED_AT, GrokVideoConstants.ACCEPTED_AT, GrokVideoConstants.RENDERED_AT,
            GrokVideoConstants.DOWNLOADED_AT, GrokVideoConstants.WAIT_MILLIS, GrokVideoConstants.SUBMITS,
            GrokVideoConstants.POLLS, GrokVideoConstants.DOWNLOADS, GrokVideoConstants.ESTIMATED_COST,
            GrokVideoConstants.ESTIMATED_COST_UNIT, GrokVideoConstants.BALANCE, GrokVideoConstants.BALANCE_UNIT,
            GrokVideoConstants.BALANCE_USED, GrokVideoConstants.BALANCE_UNLIMITED, GrokVideoConstants.ERROR,
            GrokVideoConstants.ERROR_TYPE, GrokVideoConstants.ERROR_MESSAGE,
            GrokVideoConstants.ERROR_CHARGED, GrokVideoConstants.ERROR_RETRYABLE, GrokVideoConstants.ERROR_RESUMABLE,
            GrokVideoConstants.ERROR_HTTP_STATUS, GrokVideoConstants.ERROR_CODE, GrokVideoConstants.ERROR_REQUEST_ID,
            GrokVideoConstants.DELIVERED_TO, GrokVideoConstants.FILE_ID, GrokVideoConstants.PUBLIC_URL, GrokVideoConstants.STORAGE_ERROR,
            GrokVideoConstants.ANSWERED_MODEL, GrokVideoConstants.WARNINGS, GrokVideoConstants.ATTEMPTS,
            GrokVideoConstants.JOB_TAG, GrokVideoConstants.JOB_METADATA, GrokVideoConstants.DELIVERIES,
            GrokVideoConstants.REDELIVERED);

    private OutcomeHeaders() {
    }

    /** Removes the headers of an earlier call, so that its cost, URL or error is not mistaken for this call's. */
    static void clear(Message message) {
        ALL.forEach(message::removeHeader);
    }

    /** Removes the ids of an earlier job when a new one is about to begin. */
    static void clearJob(Message message) {
        message.removeHeader(GrokVideoConstants.JOB_ID);
        message.removeHeader(GrokVideoConstants.TASK_ID);
    }

    /** Sets what is known before there is a job. */
    static void account(Message message, String provider, String account) {
        message.setHeader(GrokVideoConstants.PROVIDER, provider);
        message.setHeader(GrokVideoConstants.JOB_ACCOUNT, account);
    }

    /** @param withUrl whether to include the secret query of the URL */
    static void job(Message message, VideoJob job, boolean withUrl) {
        put(message, GrokVideoConstants.JOB_ID, job.id());
        put(message, GrokVideoConstants.TASK_ID, job.taskId());
        put(message, GrokVideoConstants.STATUS, job.state().name());
        put(message, GrokVideoConstants.PROGRESS, job.progress());
        put(message, GrokVideoConstants.PROVIDER, job.provider());
        put(message, GrokVideoConstants.JOB_ACCOUNT, job.account());
        put(message, GrokVideoConstants.JOB_MODEL, job.model());
        put(message, GrokVideoConstants.JOB_MODE, job.mode() == null ? null : job.mode().value());
        cost(message, job.cost(), GrokVideoConstants.COST, GrokVideoConstants.COST_UNIT);
        put(message, GrokVideoConstants.COST_ESTIMATED, job.cost() == null ? null : job.cost().estimated());
        put(message, GrokVideoConstants.SIZE, job.size());
        put(message, GrokVideoConstants.SHA256, job.sha256());
        put(message, GrokVideoConstants.URL, withUrl ? job.url() : SignedUrl.masked(job.url()));
        put(message, GrokVideoConstants.URL_EXPIRES_AT, job.urlExpiresAt());
        put(message, GrokVideoConstants.DELIVERED_TO, job.isElsewhere() ? job.details().uploadTo() : null);
        put(message, GrokVideoConstants.FILE_ID, job.details().fileId());
        put(message, GrokVideoConstants.PUBLIC_URL, job.details().publicUrl());
        put(message, GrokVideoConstants.STORAGE_ERROR, job.details().storageError());
        put(message, GrokVideoConstants.ANSWERED_MODEL, job.details().answeredModel());
        attempts(message, job.details().attempts());
        put(message, GrokVideoConstants.SUBMITTED_AT, job.createdAt());
        put(message, GrokVideoConstants.ACCEPTED_AT, job.acceptedAt());
        put(message, GrokVideoConstants.RENDERED_AT, job.renderedAt());
        put(message, GrokVideoConstants.DOWNLOADED_AT, job.downloadedAt());
        put(message, GrokVideoConstants.SUBMITS, job.submits());
        put(message, GrokVideoConstants.POLLS, job.polls());
        put(message, GrokVideoConstants.DOWNLOADS, job.downloads());
        put(message, GrokVideoConstants.JOB_TAG, job.tag());
        put(message, GrokVideoConstants.JOB_METADATA, job.metadata().isEmpty() ? null : job.metadata());
    }

    /** Sets the headers that only {@code completed} has. */
    static void completed(Message message, VideoJob job) {
        put(message, GrokVideoConstants.DELIVERIES, job.delivery().count());
        put(message, GrokVideoConstants.REDELIVERED, job.delivery().count() > 1);
    }

    /** @param job that failed, as far as it is known; null = there is none, or it cannot be looked up */
    static void failure(Message message, GrokVideoException failure, VideoJob job) {
        Map<String, Object> error = new LinkedHashMap<>(failure.toMap());
        if (job != null && job.taskId() != null) {
            error.put("taskId", job.taskId());
        }
        Object account = job == null ? message.getHeader(GrokVideoConstants.JOB_ACCOUNT) : job.account();
        if (account != null) {
            error.put("account", account);
        }
        message.setHeader(GrokVideoConstants.ERROR, error);
        attempts(message, failure.getAttempts());
        put(message, GrokVideoConstants.JOB_ID, failure.getJobId());
        put(message, GrokVideoConstants.PROVIDER, failure.getProvider());
        put(message, GrokVideoConstants.ERROR_TYPE, failure.getError().type().name());
        put(message, GrokVideoConstants.ERROR_MESSAGE, failure.getError().message());
        put(message, GrokVideoConstants.ERROR_CHARGED, failure.getCharged().name().toLowerCase(Locale.ROOT));
        put(message, GrokVideoConstants.ERROR_RETRYABLE, failure.isRetryable());
        put(message, GrokVideoConstants.ERROR_RESUMABLE, failure.isResumable());
        put(message, GrokVideoConstants.ERROR_HTTP_STATUS, failure.getHttpStatus());
        put(message, GrokVideoConstants.ERROR_CODE, failure.getGatewayCode());
        put(message, GrokVideoConstants.ERROR_REQUEST_ID, failure.getRequestId());
    }

    /** An unknown price sets no header, since 0 would mean free. */
    static void cost(Message message, Cost cost, String amount, String unit) {
        if (cost != null) {
            message.setHeader(amount, cost.amount());
            message.setHeader(unit, cost.unit());
        }
    }

    private static void attempts(Message message, List<JobError.Attempt> attempts) {
        put(message, GrokVideoConstants.ATTEMPTS, attempts.isEmpty() ? null : attempts.stream().map(JobError.Attempt::toMap).toList());
    }

    private static void put(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
