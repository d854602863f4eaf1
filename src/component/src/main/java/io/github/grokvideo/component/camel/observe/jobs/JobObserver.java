// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.util.List;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.store.spend.BudgetUse;

/** Observes jobs and their calls. Called on the engine's and the transport's threads; must return at once. */
@FunctionalInterface
public interface JobObserver {

    /** Changes of one job come in order. */
    void onChange(JobChange change);

    /** A call has ended; its effect on the job is reported later. */
    default void onCall(GatewayCall call) {
    }

    /** A webhook notice has been received for an account. */
    default void onNotice(VideoAccount account, WebhookResult result) {
    }

    /** The use of the budgets was read. */
    default void onBudgets(List<BudgetUse> uses) {
    }

    /** A budget is used up to the warning level, or is full. */
    default void onBudgetUsed(BudgetUse use, int percent) {
    }
}
