// SPDX-License-Identifier: Apache-2.0
/**
 * What all steps of a job share: its stored row and the only class that changes it ({@code JobTransitions}), those who wait for it, errors,
 * membership of the cluster. Internal.
 */
package io.github.grokvideo.component.engine.core;
