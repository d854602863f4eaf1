// SPDX-License-Identifier: Apache-2.0
/** Steps of due jobs that run without a thread, and their rows. Internal. */
package io.github.grokvideo.component.store.jdbc.due;
