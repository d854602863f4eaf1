// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.List;
import io.github.grokvideo.component.engine.VideoFolder;

/** Assesses the directories that videos are put into. No side effects. */
final class Folders {

    private static final int MAX_NAMED = 5;

    private Folders() {
    }

    /**
     * The node is down if its work directory or all other directories are unusable; one unusable directory of several is not enough, as
     * with accounts.
     *
     * @param  folders the work directory first
     * @return         what is wrong with the node; null = nothing
     */
    static String problem(List<VideoFolder> folders) {
        List<VideoFolder> others = folders.stream().filter(folder -> !folder.work()).toList();
        List<VideoFolder> unusable = folders.stream().filter(folder -> !folder.isUsable()).toList();
        boolean down = unusable.stream().anyMatch(VideoFolder::work) || !others.isEmpty() && unusable.containsAll(others);
        return down ? describe(unusable) : null;
    }

    /** @return each with its problem, in one line */
    private static String describe(List<VideoFolder> unusable) {
        String first = String.join("; ", unusable.stream().limit(MAX_NAMED)
                .map(folder -> (folder.work() ? "workDirectory " : "directory ") + folder.directory() + ": " + folder.problem()).toList());
        return unusable.size() > MAX_NAMED ? first + "; and " + (unusable.size() - MAX_NAMED) + " more" : first;
    }
}
