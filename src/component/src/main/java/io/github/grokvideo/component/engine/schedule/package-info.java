// SPDX-License-Identifier: Apache-2.0
/** When jobs are polled: how long jobs of their kind take, and what follows from it. Pure, but for {@code RenderHistories}. Internal. */
package io.github.grokvideo.component.engine.schedule;
