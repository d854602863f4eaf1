// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The folder of the job store, which the component opens: it keeps jobs from one start to the next.
 */
record JobStoreFolder(Path directory) {

    private static final String OPTION = "camel.component.grokvideo.jobStore";
    private static final String DASHED_OPTION = "camel.component.grokvideo.job-store";
    private static final String H2_ENDING = ".mv.db";

    /**
     * @param  settings gives a value or null
     * @return          whether no other store is configured
     */
    static boolean isWanted(UnaryOperator<String> settings) {
        return settings.apply(OPTION) == null && settings.apply(DASHED_OPTION) == null;
    }

    /** A database that an earlier version kept beside the directory goes into it: its jobs are paid. */
    static JobStoreFolder in(Path directory) throws UsageException {
        Path earlier = Path.of(directory + H2_ENDING);
        if (Files.exists(earlier) && !Files.exists(directory)) {
            try {
                Files.createDirectory(directory);
                Files.move(earlier, directory.resolve("jobs" + H2_ENDING));
            } catch (IOException e) {
                throw new UsageException("The jobs in " + earlier + " could not be moved into " + directory + ": " + e);
            }
        }
        return new JobStoreFolder(directory);
    }

    /** @return what the component is to be configured with */
    Map<String, String> componentProperties() {
        return Map.of(OPTION, "file:" + directory.toAbsolutePath());
    }
}
