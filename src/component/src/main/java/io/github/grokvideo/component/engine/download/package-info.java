// SPDX-License-Identifier: Apache-2.0
/** Downloads rendered videos, and requests a new URL when the old one has expired. Internal. */
package io.github.grokvideo.component.engine.download;
