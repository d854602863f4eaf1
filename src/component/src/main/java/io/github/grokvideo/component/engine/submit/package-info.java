// SPDX-License-Identifier: Apache-2.0
/** From an order to an accepted job: the one POST, what its answer means, and jobs that are taken back before it. Internal. */
package io.github.grokvideo.component.engine.submit;
