// SPDX-License-Identifier: Apache-2.0
package example;

import java.nio.file.Path;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.testing.provider.GatewayCases;
import io.github.grokvideo.testing.provider.VideoProviderContract;

class QueueGatewayTest extends VideoProviderContract {

    @Override
    protected VideoProvider provider() {
        return new QueueGateway();
    }

    @Override
    protected GatewayCases cases() {
        return GatewayCases.directory(Path.of("src/test/resources/example/queue"));
    }
}
