// SPDX-License-Identifier: Apache-2.0
/** Job stores. API: users may implement {@link io.github.grokvideo.component.store.JobStore}. */
package io.github.grokvideo.component.store;
