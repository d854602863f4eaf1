// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;

/**
 * A directory that videos are put into.
 *
 * @param directory where it is
 * @param work      whether it is the work directory, and not one a route asked for
 * @param problem   why no video can be kept there, so that no job is submitted for it; null = it can be used
 */
public record VideoFolder(Path directory, boolean work, String problem) {

    public boolean isUsable() {
        return problem == null;
    }
}
