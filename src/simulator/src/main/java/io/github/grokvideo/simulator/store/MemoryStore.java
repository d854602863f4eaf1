// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.simulator.job.SimulatedJob;

/** Stores nothing. */
public class MemoryStore implements SimulatorStore {

    private static final CompletableFuture<Void> KEPT = CompletableFuture.completedFuture(null);

    private final byte[] secret = Identity.fresh().secret();

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public OptionalInt previousPort() {
        return OptionalInt.empty();
    }

    @Override
    public void listening(int port) {
        // There is no next run.
    }

    @Override
    public void replay(Replay replay) {
        // There was no earlier run.
    }

    @Override
    public void accepted(SimulatedJob job) {
        // SimulatedJobs has it.
    }

    @Override
    public void changed(SimulatedJob job) {
        // The job has it.
    }

    @Override
    public void uploaded(String id) {
        // The gateway has it.
    }

    @Override
    public void deleted(String id) {
        // The gateway knows.
    }

    @Override
    public void clear() {
        // There is nothing.
    }

    @Override
    public CompletableFuture<Void> kept() {
        return KEPT;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
