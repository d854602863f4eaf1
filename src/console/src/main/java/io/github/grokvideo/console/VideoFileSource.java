// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the stored video of a job. Called from the server's threads, possibly concurrently.
 */
@FunctionalInterface
public interface VideoFileSource {

    /**
     * The video stored for a job.
     *
     * @param jobId as the browser sent it, unchecked: look it up among the jobs and never use it in a path
     * @throws RuntimeException if this cannot be determined now
     * @return a readable file, or empty if none is stored (any more) or the job is unknown
     */
    Optional<Path> file(String jobId);
}
