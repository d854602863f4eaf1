// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import java.util.Optional;
import io.github.grokvideo.quarkus.GrokVideoReadiness;
import io.github.grokvideo.quarkus.GrokVideoRecorder;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;
import org.apache.camel.quarkus.core.deployment.main.spi.CamelMainListenerBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.RuntimeCamelContextCustomizerBuildItem;

/** The component in an application of Quarkus, apart from what a native image needs. */
class GrokVideoProcessor {

    private static final String CAMELS_REGISTRY = "org.apache.camel.impl.health.DefaultHealthCheckRegistry";
    private static final String CAMELS_EXTENSION = "org.apache.camel.microprofile.health.CamelMicroProfileHealthCheckRegistry";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("camel-grokvideo");
    }

    @BuildStep
    IndexDependencyBuildItem component() {
        return new IndexDependencyBuildItem("io.github.grokvideo", "camel-grokvideo");
    }

    /** camel-health without Camel's extension for Quarkus, which reports all health checks of Camel itself. */
    @BuildStep
    void health(BuildProducer<HealthBuildItem> checks) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(CAMELS_REGISTRY) && !QuarkusClassLoader.isClassPresentAtRuntime(CAMELS_EXTENSION)) {
            checks.produce(new HealthBuildItem(GrokVideoReadiness.class.getName(), true));
        }
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    CamelMainListenerBuildItem optionNames(GrokVideoRecorder recorder) {
        return new CamelMainListenerBuildItem(recorder.optionNames());
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void metrics(GrokVideoRecorder recorder, Optional<MetricsCapabilityBuildItem> metrics,
            BuildProducer<RuntimeCamelContextCustomizerBuildItem> customizers) {
        if (metrics.isPresent() && metrics.get().metricsSupported(MetricsFactory.MICROMETER)) {
            customizers.produce(new RuntimeCamelContextCustomizerBuildItem(recorder.meterRegistry()));
        }
    }
}
