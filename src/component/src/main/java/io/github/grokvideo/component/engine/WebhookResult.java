// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;

/**
 * What became of a webhook notice.
 *
 * @param outcome what was done
 * @param jobId   the job that the notice is about; null = none is known
 * @param sooner  by how much the job's next status query was brought forward; null = it was not, or another node schedules it
 */
public record WebhookResult(Outcome outcome, String jobId, Duration sooner) {

    /** @param outcome of a notice that is about no known job */
    public static WebhookResult of(Outcome outcome) {
        return new WebhookResult(outcome, null, null);
    }

    /** What was done about a notice. */
    public enum Outcome {
        /** Verified: its job is polled now, within the account's rate limits. */
        POLLED,
        /** Verified: its job is attached to a call on another node, which polls it as usual. */
        ELSEWHERE,
        /** Verified: its job is not at the gateway any more. */
        SETTLED,
        /** Verified, but received before. */
        REPLAYED,
        /** Verified, but the account has no job with this task yet. If this node submits it now, it is polled as soon as it is accepted. */
        UNKNOWN_TASK,
        /** Verified, but not about a task: a test of the webhook. */
        IGNORED,
        /** Without a signature, or with a wrong one. */
        FORGED,
        /** Signed with none of the gateway's public keys. */
        UNKNOWN_KEY,
        /** Signed too long ago, or in the future. */
        STALE,
        /** Signed, but not understood. */
        UNREADABLE,
        /** Too long to be verified. */
        OVERSIZED,
        /** The account has nothing to verify it with. */
        UNCONFIGURED,
        /** The job store or the gateway's key set did not answer: the gateway should repeat the notice. */
        UNAVAILABLE
    }
}
