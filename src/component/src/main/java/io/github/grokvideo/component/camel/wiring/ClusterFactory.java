// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.wiring;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import io.github.grokvideo.component.camel.options.EngineOptions;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.files.OwnerOnly;
import io.github.grokvideo.component.store.DueJobThreads;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.store.StoreNodes;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;

/** Makes an engine a node of its job store. */
final class ClusterFactory {

    private static final String HOLDER_FILE = ".grokvideo-holder";
    /** Threads for db-scheduler's heartbeats, its detection of dead executions, and the rows of steps that have ended. */
    private static final int HOUSEKEEPERS = 3;
    /** They only read the store and start status queries. */
    private static final int STEP_THREADS = 4;

    private final EngineOptions component;
    private final Function<String, Optional<VideoAccount>> accounts;

    ClusterFactory(EngineOptions component, Function<String, Optional<VideoAccount>> accounts) {
        this.component = component;
        this.accounts = accounts;
    }

    /** @throws IllegalStateException if something is missing, or not shared as it must be; the message says what to do */
    EngineCluster create(JdbcJobStore store, EngineSettings settings, EngineThreads threads) {
        // Unique across restarts: a restarted process is another node.
        String node = ManagementFactory.getRuntimeMXBean().getName() + "-" + UUID.randomUUID().toString().substring(0, 8);
        DueJobs due = store.dueJobs(node, new DueJobThreads(
                threads.pool("GrokVideoDue", STEP_THREADS), threads.pool("GrokVideoDueSearch", 1),
                threads.storeTimer("GrokVideoDueHousekeeper", HOUSEKEEPERS)));
        StoreNodes nodes = store.nodes();
        String holder = holder(settings.workDirectory());
        if (component.isSharedWorkDirectory()) {
            requireShared(nodes, holder, settings.workDirectory());
        }
        return new EngineCluster(node, holder, nodes, due, accounts, threads.pool("GrokVideoHeartbeat", 1),
                store.isExclusive());
    }

    /** The id is stored in the directory itself: two nodes that read the same id share the same files. */
    private static String holder(Path workDirectory) {
        Path file = workDirectory.resolve(HOLDER_FILE);
        try {
            OwnerOnly.createDirectories(workDirectory);
            try {
                String id = UUID.randomUUID().toString();
                Path fresh = Files.createTempFile(workDirectory, HOLDER_FILE, ".new");
                try {
                    Files.writeString(fresh, id, StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
                    // The first node sets the id; the file is never visible half-written.
                    Files.createLink(file, fresh);
                    return id;
                } catch (UnsupportedOperationException noLinks) {
                    Files.copy(fresh, file);
                    return id;
                } finally {
                    Files.delete(fresh);
                }
            } catch (FileAlreadyExistsException known) {
                return Files.readString(file, StandardCharsets.US_ASCII).strip();
            }
        } catch (IOException e) {
            throw new IllegalStateException("The workDirectory " + workDirectory + " cannot be used: " + e, e);
        }
    }

    private static void requireShared(StoreNodes nodes, String holder, Path workDirectory) {
        for (StoreNode other : nodes.list()) {
            if (!other.holder().equals(holder) && other.silence().toSeconds() < 20) {
                throw new IllegalStateException("sharedWorkDirectory=true, but node " + other.id() + " has another workDirectory than "
                        + workDirectory.toAbsolutePath() + " here: mount the same directory on all nodes, or set"
                        + " sharedWorkDirectory=false");
            }
        }
    }
}
