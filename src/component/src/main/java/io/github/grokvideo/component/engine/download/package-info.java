// SPDX-License-Identifier: Apache-2.0
/** Downloads a rendered video, and asks for a new URL when the old one has expired. Internal. */
package io.github.grokvideo.component.engine.download;
