// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.store.spend.Budget;
import org.apache.camel.CamelContext;

/** The budgets of the accounts besides the component's own. */
final class AccountBudgets {

    private AccountBudgets() {
    }

    /** @param configured the component's accounts; beans in the registry are accounts as well */
    static List<Budget> of(CamelContext camelContext, Map<String, GrokVideoAccount> configured) {
        List<Budget> budgets = new ArrayList<>();
        configured.forEach((name, account) -> budgets.addAll(account.budgets(name)));
        camelContext.getRegistry().findByTypeWithName(GrokVideoAccount.class).forEach((name, account) -> {
            if (!configured.containsKey(name)) {
                budgets.addAll(account.budgets(account.getName() == null ? name : account.getName()));
            }
        });
        return budgets;
    }
}
