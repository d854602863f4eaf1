// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.EventObject;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;

/** What the component's events have in common. */
abstract class GrokVideoEvent extends EventObject implements CamelEvent {

    private static final long serialVersionUID = 1L;

    private long timestamp;

    GrokVideoEvent(CamelContext source, long timestamp) {
        super(source);
        this.timestamp = timestamp;
    }

    @Override
    public final Type getType() {
        return Type.Custom;
    }

    @Override
    public final long getTimestamp() {
        return timestamp;
    }

    @Override
    public final void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }
}
