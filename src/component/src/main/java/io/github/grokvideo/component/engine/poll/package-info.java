// SPDX-License-Identifier: Apache-2.0
/** Status queries of jobs that are at a gateway. Internal. */
package io.github.grokvideo.component.engine.poll;
