// SPDX-License-Identifier: Apache-2.0
/** The gateway toapis. Internal. */
package io.github.grokvideo.component.provider.toapis;
