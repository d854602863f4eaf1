// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;

/**
 * A directory that videos are written to.
 *
 * @param directory its path
 * @param work      whether it is the work directory rather than one that a route specified
 * @param problem   why no video can be stored there, so that no job is submitted for it; null = it is usable
 */
public record VideoFolder(Path directory, boolean work, String problem) {

    public boolean isUsable() {
        return problem == null;
    }
}
