// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import io.github.grokvideo.component.engine.Backoff;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of {@code completed}. */
@UriParams
public class CompletedConfiguration {

    @UriParam(label = "consumer",
              description = "completed: only jobs that ended in these states, separated by commas: DOWNLOADED (with its video), "
                            + "RENDERED (only its URL was requested), FAILED, MODERATED, EXPIRED, CANCELLED, UNKNOWN. Unset: all.")
    private String status;
    @UriParam(label = "consumer", defaultValue = "5",
              description = "completed: how often a job is delivered if its route fails, 1 or more. Then it stays undelivered until "
                            + "an operator has it delivered again.")
    private int maximumDeliveries = 5;
    @UriParam(label = "consumer", defaultValue = "5s",
              description = "completed: how long after the first failure of its route a job is redelivered; twice as long after each "
                            + "further one.")
    private Duration redeliveryDelay = Duration.ofSeconds(5);
    @UriParam(label = "consumer", defaultValue = "5m",
              description = "completed: the longest time between two deliveries of a job.")
    private Duration maximumRedeliveryDelay = Duration.ofMinutes(5);
    @UriParam(label = "consumer", defaultValue = "5",
              description = "completed: how many jobs are in the route at once, on as many threads, 1 or more.")
    private int concurrentConsumers = 5;

    /** @return delay before the next delivery, after this many failed ones */
    Duration delay(int deliveries) {
        return new Backoff(redeliveryDelay, maximumRedeliveryDelay).after(deliveries);
    }

    /** @return comma-separated states of the jobs to take; null = all end states */
    public String getStatus() {
        return status;
    }

    /** @param status comma-separated states of the jobs to take; null = all end states */
    public void setStatus(String status) {
        this.status = status;
    }

    /** @return how often a job is delivered if its route fails, 1 or more */
    public int getMaximumDeliveries() {
        return maximumDeliveries;
    }

    /** @param maximumDeliveries how often a job is delivered if its route fails, 1 or more */
    public void setMaximumDeliveries(int maximumDeliveries) {
        this.maximumDeliveries = maximumDeliveries;
    }

    /** @return delay after the first failure; doubled after each further one */
    public Duration getRedeliveryDelay() {
        return redeliveryDelay;
    }

    /** @param redeliveryDelay delay after the first failure; doubled after each further one */
    public void setRedeliveryDelay(Duration redeliveryDelay) {
        this.redeliveryDelay = redeliveryDelay;
    }

    /** @return the longest time between two deliveries of a job */
    public Duration getMaximumRedeliveryDelay() {
        return maximumRedeliveryDelay;
    }

    /** @param maximumRedeliveryDelay the longest time between two deliveries of a job */
    public void setMaximumRedeliveryDelay(Duration maximumRedeliveryDelay) {
        this.maximumRedeliveryDelay = maximumRedeliveryDelay;
    }

    /** @return how many jobs are in the route at once, 1 or more */
    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    /** @param concurrentConsumers how many jobs are in the route at once, 1 or more */
    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }
}
