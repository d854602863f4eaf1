// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Duration;

/**
 * An engine on a store that several engines may share.
 *
 * @param id            unique, also across restarts
 * @param holder        id of its work directory: nodes with the same holder see the same files
 * @param submitTimeout how long one of its POSTs may be in flight
 * @param silence       time since its last heartbeat, by the store's clock
 */
public record StoreNode(String id, String holder, Duration submitTimeout, Duration silence) {
}
