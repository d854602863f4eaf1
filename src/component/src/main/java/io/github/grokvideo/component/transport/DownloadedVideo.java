// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.nio.file.Path;

/**
 * A finished download.
 *
 * @param file   complete and verified
 * @param size   bytes
 * @param sha256 hex, lower case
 */
public record DownloadedVideo(Path file, long size, String sha256) {
}
