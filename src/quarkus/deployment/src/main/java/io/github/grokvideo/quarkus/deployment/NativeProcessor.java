// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageProxyDefinitionBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/**
 * What a native image must keep of the component: classes found by name or by reflection, and resources. Taken from the index where it can
 * be, so that new classes are included. NativeRegistrationsIT compares it with the component.
 */
class NativeProcessor {

    private static final String COMPONENT = "io.github.grokvideo.component.";

    /** Routes name these classes and call their methods: beans, exceptions, and what bodies and headers hold. */
    private static final Set<String> API = Set.of(COMPONENT + "camel", COMPONENT + "camel.batch", COMPONENT + "camel.beans",
            COMPONENT + "camel.identity", COMPONENT + "error", COMPONENT + "job", COMPONENT + "store");

    /** What the JDBC store writes and reads as JSON. */
    private static final String STORED = COMPONENT + "job.JobFields";
    private static final List<String> JSON_ANNOTATIONS = List.of(
            COMPONENT + "store.jdbc.JobJson$ExactCost", COMPONENT + "store.jdbc.JobJson$StoredDetails",
            COMPONENT + "store.jdbc.JobJson$StoredFields");

    private static final String CAMEL_API = "org.apache.camel.api.management.";
    private static final List<DotName> JMX = Stream.of("ManagedResource", "ManagedAttribute", "ManagedOperation")
            .map(name -> DotName.createSimple(CAMEL_API + name)).toList();

    /** Camel's extension registers the other services of Camel. */
    private static final String DEV_CONSOLE = COMPONENT + "camel.observe.GrokVideoConsole";

    /** Camel's error handlers, whose settings the component reads by name. */
    private static final List<String> ERROR_HANDLERS = List.of("org.apache.camel.builder.DefaultErrorHandlerBuilder",
            "org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition",
            "org.apache.camel.model.errorhandler.RefErrorHandlerDefinition");

    /** Optional libraries, which the component looks for by the names of these classes. */
    private static final List<String> LOOKED_FOR = List.of("org.h2.Driver", "com.github.kagkarlsson.scheduler.Scheduler",
            "io.micrometer.core.instrument.MeterRegistry", "io.opentelemetry.api.trace.Span");

    private static final List<String> SERVICES = List.of(
            COMPONENT + "provider.VideoProvider", "org.apache.camel.telemetry.SpanDecorator");

    @BuildStep
    void classes(CombinedIndexBuildItem combined, BuildProducer<ReflectiveClassBuildItem> classes,
            BuildProducer<ReflectiveHierarchyBuildItem> hierarchies) {
        IndexView index = combined.getIndex();
        classes.produce(ReflectiveClassBuildItem.builder(api(index)).constructors().methods().reason("Grok Video, its API").build());
        classes.produce(ReflectiveClassBuildItem.builder(mbeans(index)).methods().reason("Grok Video, JMX").build());
        classes.produce(ReflectiveClassBuildItem.builder(JSON_ANNOTATIONS).methods().fields().reason("Grok Video, stored jobs").build());
        hierarchies.produce(ReflectiveHierarchyBuildItem.builder(DotName.createSimple(STORED)).index(index)
                .constructors(true).fields(true).methods(true).source("Grok Video, stored jobs").build());
        classes.produce(ReflectiveClassBuildItem.builder(DEV_CONSOLE).methods().reason("Grok Video, developer console").build());
        classes.produce(ReflectiveClassBuildItem.builder(ERROR_HANDLERS).methods().reason("Grok Video, error handlers").build());
        classes.produce(ReflectiveClassBuildItem.builder(present(LOOKED_FOR)).constructors(false).reason("Grok Video, libraries").build());
    }

    private static Set<String> api(IndexView index) {
        Set<String> names = new TreeSet<>();
        for (String name : API) {
            for (ClassInfo one : index.getClassesInPackage(name)) {
                if (Modifier.isPublic(one.flags()) && !one.isAnnotation()) {
                    names.add(one.name().toString());
                }
            }
        }
        return names;
    }

    /** @return with the superclasses that have attributes or operations */
    private static Set<String> mbeans(IndexView index) {
        Set<String> names = new TreeSet<>();
        for (DotName annotation : JMX) {
            for (AnnotationInstance use : index.getAnnotations(annotation)) {
                AnnotationTarget target = use.target();
                ClassInfo owner = target.kind() == AnnotationTarget.Kind.CLASS ? target.asClass() : target.asMethod().declaringClass();
                if (owner.name().toString().startsWith(COMPONENT)) {
                    names.add(owner.name().toString());
                }
            }
        }
        return names;
    }

    private static List<String> present(Collection<String> names) {
        return names.stream().filter(QuarkusClassLoader::isClassPresentAtRuntime).toList();
    }

    @BuildStep
    void services(BuildProducer<ServiceProviderBuildItem> services) {
        present(SERVICES).forEach(service -> services.produce(ServiceProviderBuildItem.allProvidersFromClassPath(service)));
    }

    @BuildStep
    void resources(BuildProducer<NativeImageResourcePatternsBuildItem> resources) {
        resources.produce(NativeImageResourcePatternsBuildItem.builder().includeGlobs(
                // The tables of the JDBC store, run in order.
                "db/grokvideo/*.sql",
                "kamelets/grok-video-*.kamelet.yaml",
                // The catalog's descriptions of the component and its developer console.
                "META-INF/io/github/grokvideo/**/*.json",
                "META-INF/org/apache/camel/**/grokvideo.json",
                "META-INF/services/org/apache/camel/**/grokvideo*").build());
    }

    /** Executors for db-scheduler that it cannot interrupt. */
    @BuildStep
    void proxies(BuildProducer<NativeImageProxyDefinitionBuildItem> proxies) {
        Stream.of(ExecutorService.class, ScheduledExecutorService.class)
                .forEach(type -> proxies.produce(new NativeImageProxyDefinitionBuildItem(type.getName())));
    }
}
