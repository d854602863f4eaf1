// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.ResolveEndpointFailedException;

/** Which options are for {@code from} and which for {@code to}: an option of the other side would have no effect. */
final class OptionSides {

    private static final Set<String> FROM = Set.of(
            "status", "concurrentConsumers", "maximumDeliveries", "redeliveryDelay", "maximumRedeliveryDelay", "sendEmptyMessageWhenIdle",
            "bridgeErrorHandler", "exceptionHandler", "pollStrategy", "backoffErrorThreshold", "backoffIdleThreshold", "backoffMultiplier",
            "delay", "greedy", "initialDelay", "repeatCount", "runLoggingLevel", "scheduledExecutorService", "scheduler",
            "schedulerProperties", "startScheduler", "timeUnit", "useFixedDelay");
    private static final String FAILOVER = "failover";
    private static final String SCHEDULER_PREFIX = "scheduler.";
    /** Camel also reads {@code exchangePattern} on {@code to}. */
    private static final Set<String> BOTH = Set.of("provider", "account", "tag", "output", "exchangePattern");

    private OptionSides() {
    }

    /**
     * @param  names of the options that the URI sets
     * @throws ResolveEndpointFailedException naming those that are for the other side, without their values
     */
    static void check(GrokVideoOperation operation, Set<String> names) {
        Set<String> wrong = new TreeSet<>(names);
        if (operation == GrokVideoOperation.completed) {
            wrong.removeIf(name -> isFrom(name) || BOTH.contains(name));
            if (!wrong.isEmpty()) {
                Set<String> allowed = new TreeSet<>(FROM);
                allowed.addAll(BOTH);
                throw refusal(operation, wrong, "it delivers jobs that were submitted elsewhere and takes " + allowed);
            }
            return;
        }
        if (names.contains(FAILOVER) && operation != GrokVideoOperation.generate && operation != GrokVideoOperation.submit) {
            throw refusal(operation, Set.of(FAILOVER), "only generate and submit choose an account");
        }
        wrong.removeIf(name -> !isFrom(name));
        if (!wrong.isEmpty()) {
            throw refusal(operation, wrong, "they are for from: grokvideo:completed");
        }
    }

    private static boolean isFrom(String name) {
        return FROM.contains(name) || name.startsWith(SCHEDULER_PREFIX);
    }

    private static ResolveEndpointFailedException refusal(GrokVideoOperation operation, Set<String> wrong, String reason) {
        return new ResolveEndpointFailedException(GrokVideoConstants.SCHEME + ":...",
                "grokvideo:" + operation + " does not take the options " + wrong + ": " + reason);
    }
}
