// SPDX-License-Identifier: Apache-2.0
/** Checks what a provider returns before the engine relies on it. Internal. */
package io.github.grokvideo.component.provider.checked;
