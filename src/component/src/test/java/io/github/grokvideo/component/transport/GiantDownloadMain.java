// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The small JVM of {@link GiantDownloadIT}. */
final class GiantDownloadMain {

    private GiantDownloadMain() {
    }

    public static void main(String[] arguments) {
        URI baseUrl = URI.create(arguments[0]);
        try (TransportRig rig = new TransportRig()) {
            DownloadedVideo video = rig.download(Orders.in(Path.of(arguments[1]), new GatewayAccess(baseUrl, TransportRig.KEY))
                    .url(baseUrl + "/giant.mp4").timeout(Duration.ofMinutes(4)).order());
            System.out.println("video " + video.size() + " " + video.sha256());
        }
    }
}
