// SPDX-License-Identifier: Apache-2.0
/**
 * Shared by all steps of a job: its stored row and the only class that changes it ({@code JobTransitions}), waiters, errors, cluster
 * membership. Internal.
 */
package io.github.grokvideo.component.engine.core;
