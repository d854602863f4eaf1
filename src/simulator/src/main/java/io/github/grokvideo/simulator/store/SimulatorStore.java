// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.simulator.gateway.XaiFiles;
import io.github.grokvideo.simulator.job.JobListener;
import io.github.grokvideo.simulator.job.JobRecord;
import io.github.grokvideo.simulator.job.SimulatedJobChange;

/** Stores what a simulator has reported to its clients. Thread-safe. */
public interface SimulatorStore extends JobListener, XaiFiles.Listener, AutoCloseable {

    /** Receives what an earlier run has stored, in the original order. */
    interface Replay {

        void job(JobRecord accepted);

        void change(SimulatedJobChange change);

        void file(String id);

        void deletedFile(String id);
    }

    /** The secret with which all runs on this store sign URLs. */
    byte[] secret();

    /** The port of the last run on this store; empty if there was none. */
    OptionalInt previousPort();

    /** Stores this run's port for the next run. */
    void listening(int port) throws IOException;

    /**
     * Reads what earlier runs have stored. Called once, before anything is added.
     *
     * @throws IOException if it cannot be read, saying where and what to do
     */
    void replay(Replay replay) throws IOException;

    /** Removes jobs and files. */
    void clear();

    /**
     * Completes when everything reported so far is stored, or fails if that is impossible. No answer may be sent before.
     */
    CompletableFuture<Void> kept();

    @Override
    void close();
}
