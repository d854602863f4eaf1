// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import io.github.grokvideo.simulator.gateway.Gateways;
import io.github.grokvideo.simulator.gateway.XaiFiles;
import io.github.grokvideo.simulator.job.JobRecord;
import io.github.grokvideo.simulator.job.SimulatedJobChange;
import io.github.grokvideo.simulator.job.SimulatedJobs;
import io.github.grokvideo.simulator.ledger.Ledger;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.store.SimulatorStore;

/** Restores the state of an earlier run. The ledger is not stored, since every job was charged when it was accepted. */
record Restoration(Gateways gateways, SimulatedJobs jobs, Ledger ledger, XaiFiles files) implements SimulatorStore.Replay {

    @Override
    public void job(JobRecord accepted) {
        ledger.book(LedgerEntry.charge(jobs.restore(accepted), gateways.named(accepted.gateway()).unit()));
        // Due refunds are booked at once, so that pending ones do not accumulate in memory.
        ledger.spent(accepted.gateway());
    }

    @Override
    public void change(SimulatedJobChange change) {
        jobs.restore(change);
    }

    @Override
    public void file(String id) {
        files.restore(id);
    }

    @Override
    public void deletedFile(String id) {
        files.restoreDeleted(id);
    }
}
