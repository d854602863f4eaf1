// SPDX-License-Identifier: Apache-2.0
/** Spans of jobs and of exchanges, if a tracing library is there. Internal. */
package io.github.grokvideo.component.camel.observe.trace;
