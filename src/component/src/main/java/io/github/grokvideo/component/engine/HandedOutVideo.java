// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;

/**
 * A video in a user's hands until it is settled.
 *
 * @param jobId whose it is
 * @param file  the user may read, rename or delete it: it is a name of its own for the kept file, or the file in the user's directory
 * @param ours  whether the file goes away when the hand-out is settled
 */
public record HandedOutVideo(String jobId, Path file, boolean ours) {
}
