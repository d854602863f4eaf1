// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import io.github.grokvideo.component.provider.HttpCall;
/** Download orders for tests: everything as usual, but for what a test changes. */
record Orders(Path directory, GatewayAccess access, String url, HttpCall content, DownloadOrder.Resume resume, long maxFileSize,
        Duration timeout, Duration idleTimeout, boolean allowPrivateAddresses) {

    /** @param access decides which private address is the gateway's own */
    static Orders in(Path directory, GatewayAccess access) {
        return new Orders(directory, access, null, null, null, 1L << 31, TransportRig.LONG, TransportRig.LONG, false);
    }

    /** Of a gateway that is elsewhere. */
    static Orders in(Path directory) {
        return in(directory, new GatewayAccess(URI.create("https://gateway.test/v1"), TransportRig.KEY));
    }

    Orders url(String value) {
        return new Orders(directory, access, value, null, resume, maxFileSize, timeout, idleTimeout, allowPrivateAddresses);
    }

    Orders content(String path) {
        return new Orders(directory, access, null, HttpCall.get(path), resume, maxFileSize, timeout, idleTimeout, allowPrivateAddresses);
    }

    Orders resume(DownloadOrder.Resume value) {
        return new Orders(directory, access, url, content, value, maxFileSize, timeout, idleTimeout, allowPrivateAddresses);
    }

    Orders maxFileSize(long value) {
        return new Orders(directory, access, url, content, resume, value, timeout, idleTimeout, allowPrivateAddresses);
    }

    Orders timeout(Duration value) {
        return new Orders(directory, access, url, content, resume, maxFileSize, value, idleTimeout, allowPrivateAddresses);
    }

    Orders idleTimeout(Duration value) {
        return new Orders(directory, access, url, content, resume, maxFileSize, timeout, value, allowPrivateAddresses);
    }

    Orders anyAddress() {
        return new Orders(directory, access, url, content, resume, maxFileSize, timeout, idleTimeout, true);
    }

    Path target() {
        return directory.resolve("out").resolve("video.mp4");
    }

    Path partial() {
        return directory.resolve("tmp").resolve("video.part");
    }

    DownloadOrder order() {
        return new DownloadOrder("job-7", access, url, content, target(), partial(), resume, maxFileSize, timeout, idleTimeout,
                allowPrivateAddresses);
    }
}
