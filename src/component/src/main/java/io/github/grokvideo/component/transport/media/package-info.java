// SPDX-License-Identifier: Apache-2.0
/** Downloads: redirects, resuming, and the check of the file. Internal. */
package io.github.grokvideo.component.transport.media;
