// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import org.apache.camel.main.MainListener;
import org.apache.camel.spi.CamelContextCustomizer;

/** What the build records for the start of an application. */
@Recorder
public class GrokVideoRecorder {

    /** {@return a listener that fails if a property of the component is no option} */
    public RuntimeValue<MainListener> optionNames() {
        return new RuntimeValue<>(new OptionNames());
    }

    /** {@return a customizer that makes the MeterRegistry of Quarkus known to Camel, for applications with Micrometer} */
    public RuntimeValue<CamelContextCustomizer> meterRegistry() {
        return new RuntimeValue<>(new MeterRegistryBinding());
    }
}
