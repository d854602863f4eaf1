// SPDX-License-Identifier: Apache-2.0
/** The limits of an account: submits and polls per second, jobs at once, a refused key, and when a job is polled next. Internal. */
package io.github.grokvideo.component.engine.limits;
