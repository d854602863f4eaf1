// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What one contender did with one wave of jobs.
 *
 * @param jobs      submitted
 * @param seconds   from the first submit to the last video
 * @param cpuMillis of the contender's process in that time
 * @param polls     status queries that the gateway received
 * @param ended     jobs that the contender was told of
 * @param lagMillis from the end of a job to the query that was told of it, on average
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Run(int jobs, double seconds, double cpuMillis, long polls, int ended, double lagMillis) {

    double pollsPerJob() {
        return (double) polls / jobs;
    }

    double lagSeconds() {
        return lagMillis / 1000;
    }

    double product() {
        return pollsPerJob() * lagSeconds();
    }

    double jobsPerSecond() {
        return jobs / seconds;
    }

    double cpuMillisPerJob() {
        return cpuMillis / jobs;
    }
}
