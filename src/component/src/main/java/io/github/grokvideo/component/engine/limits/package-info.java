// SPDX-License-Identifier: Apache-2.0
/** An account's limits: submit and poll rates, concurrent jobs, a rejected key, and when a job is polled next. Internal. */
package io.github.grokvideo.component.engine.limits;
