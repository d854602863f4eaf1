// SPDX-License-Identifier: Apache-2.0
/** From an order to an accepted job: the POST, the meaning of its answer, and withdrawn jobs. Internal. */
package io.github.grokvideo.component.engine.submit;
