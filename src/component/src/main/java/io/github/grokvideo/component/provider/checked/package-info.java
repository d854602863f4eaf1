// SPDX-License-Identifier: Apache-2.0
/** Checks providers' return values before the engine uses them. Internal. */
package io.github.grokvideo.component.provider.checked;
