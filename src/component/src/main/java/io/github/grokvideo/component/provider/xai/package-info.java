// SPDX-License-Identifier: Apache-2.0
/** The gateway xai. Internal. */
package io.github.grokvideo.component.provider.xai;
