// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.simulator.job.JobListener;
import io.github.grokvideo.simulator.job.JobRecord;
import io.github.grokvideo.simulator.job.SimulatedJobChange;

/** Keeps what a simulator has reported to its clients. Thread-safe. */
public interface SimulatorStore extends JobListener, AutoCloseable {

    /** Takes in what an earlier run has kept, in the order in which it happened. */
    interface Replay {

        void job(JobRecord accepted);

        void change(SimulatedJobChange change);

        void file(String id);
    }

    /** The secret all runs on this store sign URLs with. */
    byte[] secret();

    /** Where the last run on this store listened; empty if there was none. */
    OptionalInt previousPort();

    /** Tells the next run where this one listens. */
    void listening(int port) throws IOException;

    /**
     * Tells what earlier runs have kept. Called once, before anything is added.
     *
     * @throws IOException if it cannot be read, saying where and what to do
     */
    void replay(Replay replay) throws IOException;

    /** A file was uploaded to xAI. */
    void uploaded(String id);

    /** Forgets jobs and files. */
    void clear();

    /**
     * Done when everything reported so far is kept; fails if it cannot be. No answer may be sent before.
     */
    CompletableFuture<Void> kept();

    @Override
    void close();
}
