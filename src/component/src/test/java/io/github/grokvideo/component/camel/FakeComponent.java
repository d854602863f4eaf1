// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Optional;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.provider.VideoProvider;
import org.apache.camel.spi.annotations.Component;

/** The component on an engine of the test. Camel looks for the annotation on the class itself. */
@Component(GrokVideoConstants.SCHEME)
class FakeComponent extends GrokVideoComponent {

    private final FakeEngine engine;
    int created;

    FakeComponent(FakeEngine engine) {
        this.engine = engine;
        getConfiguration().setProvider("xai");
        getConfiguration().setApiKey("sk-hidden");
    }

    @Override
    protected VideoEngine createEngine() {
        created++;
        engine.refused = false;
        return engine;
    }

    @Override
    protected Optional<VideoProvider> findProvider(String name) {
        return FakeProvider.builtIn(name);
    }
}
