// SPDX-License-Identifier: Apache-2.0
/** Requests, jobs and their states, as immutable values. API: operations return them and providers receive them. */
package io.github.grokvideo.component.job;
