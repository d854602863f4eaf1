// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;

/**
 * A video handed out to a user until it is settled.
 *
 * @param jobId job of the video
 * @param file  the user may read, rename or delete it: a separate link to the kept file, or the file in the user's directory
 * @param ours  whether the file is deleted when the hand-out is settled
 */
public record HandedOutVideo(String jobId, Path file, boolean ours) {
}
