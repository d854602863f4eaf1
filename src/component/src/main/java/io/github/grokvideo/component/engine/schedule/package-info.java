// SPDX-License-Identifier: Apache-2.0
/**
 * When jobs are polled: how long jobs of their kind take, and what follows from it. Values and pure functions, except for
 * {@code LearntSchedule}, which learns, and {@code RenderHistories}, which exchanges what was learnt with the store. Internal.
 */
package io.github.grokvideo.component.engine.schedule;
