// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.grokvideo.simulator.job.JobRecord;
import io.github.grokvideo.simulator.job.SimulatedJobChange;

/**
 * One line of the journal; exactly one component is not null.
 *
 * @param job     a job was accepted
 * @param change  a request has changed a job
 * @param file    the id of a file that was uploaded to xAI
 * @param deleted the id of an uploaded file that was deleted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalEntry(JobRecord job, SimulatedJobChange change, String file, String deleted) {
}
