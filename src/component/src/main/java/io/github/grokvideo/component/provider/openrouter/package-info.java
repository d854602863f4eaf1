// SPDX-License-Identifier: Apache-2.0
/** The gateway openrouter. Internal. */
package io.github.grokvideo.component.provider.openrouter;
