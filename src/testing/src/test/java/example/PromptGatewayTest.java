// SPDX-License-Identifier: Apache-2.0
package example;

import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.testing.provider.GatewayCases;
import io.github.grokvideo.testing.provider.VideoProviderContract;

class PromptGatewayTest extends VideoProviderContract {

    @Override
    protected VideoProvider provider() {
        return new PromptGateway();
    }

    @Override
    protected GatewayCases cases() {
        return GatewayCases.classPath("example/prompts");
    }
}
