// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Optional;

/** Settings of the accounts at the gateways. */
public interface AccountDefaults {

    /** Initial credit, in the gateway's own unit. */
    BigDecimal startingCredit(String gateway);

    /** The secret that signs the webhooks of a gateway; empty if none is configured. */
    Optional<String> webhookSecret(String gateway);

    /** Whether ToAPIs answers a second submit under the same {@code client_business_id} with the first job. */
    boolean replayBusinessIds();
}
