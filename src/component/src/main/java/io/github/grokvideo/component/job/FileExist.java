// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

/** What happens if a video's file name is taken. */
public enum FileExist {

    /** The first free name is used: {@code fox.mp4}, {@code fox-2.mp4}, {@code fox-3.mp4} ... */
    Rename,
    /** Nothing is sent. If the name is taken later, the video stays at the gateway until it is free. */
    Fail,
    /** The new video replaces the file. */
    Override
}
