// SPDX-License-Identifier: Apache-2.0
/** One download: redirects, resumed parts, the check of the file. Internal. */
package io.github.grokvideo.component.transport.media;
