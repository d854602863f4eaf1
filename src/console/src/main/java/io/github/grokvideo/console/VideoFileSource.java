// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the console finds the kept file of a job. Called from the server's threads, possibly many at once.
 */
@FunctionalInterface
public interface VideoFileSource {

    /**
     * The video kept for a job.
     *
     * @param jobId as the browser sent it: not checked, so look it up among the jobs and never make a path of it
     * @throws RuntimeException where it cannot be told now
     * @return a readable file, or empty where no file is kept (any more) or the job is not known
     */
    Optional<Path> file(String jobId);
}
