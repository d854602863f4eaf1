// SPDX-License-Identifier: Apache-2.0
/** What jobs cost: budgets, and the ledger that they are checked against. */
package io.github.grokvideo.component.store.spend;
