// SPDX-License-Identifier: Apache-2.0
/** Where jobs are kept. API: users may implement {@link io.github.grokvideo.component.store.JobStore}. */
package io.github.grokvideo.component.store;
