// SPDX-License-Identifier: Apache-2.0
/** An account's limits: submit and poll rates, concurrent jobs, a rejected key, whether webhook notices arrive. Internal. */
package io.github.grokvideo.component.engine.limits;
