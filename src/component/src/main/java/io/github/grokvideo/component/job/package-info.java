// SPDX-License-Identifier: Apache-2.0
/** A request, a job and its states: immutable values. API: what operations return and providers receive. */
package io.github.grokvideo.component.job;
