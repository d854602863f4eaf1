// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import io.github.grokvideo.simulator.gateway.AccountDefaults;
import io.github.grokvideo.simulator.job.JobDefaults;

/**
 * Settings of a simulator; built by {@link SimulatorBuilder}.
 *
 * @param host              address to listen on
 * @param port              0 for any free one
 * @param renderTime        from acceptance to the finished video
 * @param queue             part of it that a job is queued; null for an eighth
 * @param fixedUrlLifetime  from the end of a job until its URL expires; null for each gateway's documented lifetime
 * @param credit            initial credit of every account, by gateway, in the gateway's own unit
 * @param videos            which videos are served
 * @param replayBusinessIds whether ToAPIs answers a second submit under the same {@code client_business_id} with the first job
 * @param logCapacity       how many requests the log keeps
 * @param folder            where jobs are stored for the next run; null for nowhere
 * @param webhookSecrets    what signs webhooks, by gateway
 * @param webhookRetry      between the tries of a webhook; null for the documented times
 */
record SimulatorSettings(String host, int port, Duration renderTime, Duration queue, Duration fixedUrlLifetime,
        Map<String, BigDecimal> credit, VideoMode videos, boolean replayBusinessIds, int logCapacity, Path folder,
        Map<String, String> webhookSecrets, Duration webhookRetry)
        implements JobDefaults, AccountDefaults {

    /** As ToAPIs documents them. */
    private static final List<Duration> RETRIES = List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2),
            Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));
    private static final Duration DAY = Duration.ofDays(1);
    private static final BigDecimal PLENTY = new BigDecimal(1_000_000);

    @Override
    public Optional<Duration> queueTime() {
        return Optional.ofNullable(queue);
    }

    @Override
    public boolean sharedVideos() {
        return videos == VideoMode.SHARED;
    }

    /** Where jobs are stored for the next run, if anywhere. */
    public Optional<Path> store() {
        return Optional.ofNullable(folder);
    }

    /** The configured lifetime, or the gateway's documented one; UniAll documents none and gets a day. */
    @Override
    public Duration urlLifetime(String gateway) {
        if (fixedUrlLifetime != null) {
            return fixedUrlLifetime;
        }
        return gateway.equals("reapi") ? DAY.multipliedBy(7) : DAY;
    }

    @Override
    public Optional<String> webhookSecret(String gateway) {
        return Optional.ofNullable(webhookSecrets.get(gateway));
    }

    /** The times between the tries of a webhook. */
    List<Duration> webhookRetries() {
        return webhookRetry == null ? RETRIES : Collections.nCopies(RETRIES.size(), webhookRetry);
    }

    @Override
    public BigDecimal startingCredit(String gateway) {
        return credit.getOrDefault(gateway, PLENTY);
    }
}
