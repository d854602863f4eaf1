// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

/** What the verification of a {@link WebhookNotice} has shown. */
public sealed interface WebhookVerdict {

    /**
     * The notice is the gateway's, and recent. Nothing but these ids is taken from it.
     *
     * @param taskId   the gateway's task id; null = it is not about a task, or names the job
     * @param jobId    the component's job id; null = it names the task, or is not about a job
     * @param noticeId the same for each repetition of the notice, and covered by its signature
     */
    record Verified(String taskId, String jobId, String noticeId) implements WebhookVerdict {
    }

    /**
     * The notice is ignored.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements WebhookVerdict {
    }

    /** Why a notice is ignored. */
    enum Reason {
        /** It has no signature, or one that is wrong. */
        FORGED,
        /** Its signature may be right, but was made with none of the known public keys. */
        UNKNOWN_KEY,
        /** Its signature is right, but too old or from the future. */
        STALE,
        /** Its signature is right, but it cannot be read. */
        UNREADABLE
    }
}
