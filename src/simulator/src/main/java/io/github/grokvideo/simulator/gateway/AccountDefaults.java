// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;

/** How the accounts at the gateways behave. */
public interface AccountDefaults {

    /** Credit at the start, in the gateway's own unit. */
    BigDecimal startingCredit(String gateway);

    /** Whether ToAPIs answers a second submit under the same {@code client_business_id} with the first job. */
    boolean replayBusinessIds();
}
