// SPDX-License-Identifier: Apache-2.0
/** Status queries for jobs at a gateway. Internal. */
package io.github.grokvideo.component.engine.poll;
