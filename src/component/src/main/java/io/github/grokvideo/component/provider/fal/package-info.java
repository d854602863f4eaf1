// SPDX-License-Identifier: Apache-2.0
/** The gateway fal. Internal. */
package io.github.grokvideo.component.provider.fal;
