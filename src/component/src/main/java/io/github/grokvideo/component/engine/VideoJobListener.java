// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.util.List;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.BudgetUse;

/** Listens to job changes. Called on threads of the engine and the transport: must return quickly and not throw. */
@FunctionalInterface
public interface VideoJobListener {

    /**
     * Called for each change, in order per job.
     *
     * @param before null = the job is new
     * @param after  the stored job; also reported if only its progress has changed
     */
    void onJob(VideoJob before, VideoJob after);

    /** Called when a gateway call has ended, before its answer changes the job. */
    default void onCall(GatewayCall call) {
    }

    /**
     * Called for each webhook notice, before it is answered.
     *
     * @param account for which it was received
     */
    default void onNotice(VideoAccount account, WebhookResult result) {
    }

    /** Called each time the use of the budgets was read, every few seconds. */
    default void onBudgets(List<BudgetUse> uses) {
    }

    /**
     * Called once in each period of a budget when it is used up to the warning level, and once when it is full.
     *
     * @param percent of the limit, rounded down; may be more than 100
     */
    default void onBudgetUsed(BudgetUse use, int percent) {
    }
}
