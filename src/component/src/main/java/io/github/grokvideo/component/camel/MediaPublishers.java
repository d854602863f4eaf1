// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * The media publishers of a component, one per URI. They live as long as the component, because Camel may stop a producer when its cache of
 * dynamic endpoints is full, before its job has uploaded.
 */
final class MediaPublishers implements AutoCloseable {

    private final Map<String, MediaPublisher> publishers = new ConcurrentHashMap<>();

    /** @throws org.apache.camel.ResolveEndpointFailedException if there is no such endpoint */
    MediaPublisher of(CamelContext context, String uri) {
        MediaPublisher known = publishers.get(uri);
        return known != null ? known : publishers.computeIfAbsent(uri, key -> new MediaPublisher(context, key));
    }

    @Override
    public void close() {
        publishers.values().forEach(MediaPublisher::close);
        publishers.clear();
    }
}
