// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;

/** Dependencies point one way, downward. */
@AnalyzeClasses(packages = "io.github.grokvideo.component", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String ROOT = "io.github.grokvideo.component.";

    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("camel").definedBy(ROOT + "camel..")
            .layer("engine").definedBy(ROOT + "engine..")
            .layer("store").definedBy(ROOT + "store..")
            .layer("provider").definedBy(ROOT + "provider..")
            .layer("transport").definedBy(ROOT + "transport..")
            .layer("job").definedBy(ROOT + "job..")
            .layer("error").definedBy(ROOT + "error..")
            .whereLayer("camel").mayNotBeAccessedByAnyLayer()
            .whereLayer("engine").mayOnlyBeAccessedByLayers("camel")
            .whereLayer("store").mayOnlyBeAccessedByLayers("camel", "engine")
            .whereLayer("transport").mayOnlyBeAccessedByLayers("camel", "engine")
            .whereLayer("provider").mayOnlyBeAccessedByLayers("camel", "engine", "transport")
            .whereLayer("job").mayOnlyBeAccessedByLayers("camel", "engine", "store", "provider", "transport")
            .whereLayer("error").mayOnlyBeAccessedByLayers("camel", "engine", "store", "provider", "transport", "job");

    /** What the engine offers is in its root package. The rest may change without the other layers. */
    @ArchTest
    static final ArchRule ENGINE_THROUGH_ITS_ROOT = noClasses().that().resideOutsideOfPackage(ROOT + "engine..")
            .and().doNotHaveSimpleName("EngineFactory")
            .should().dependOnClassesThat().resideInAPackage(ROOT + "engine.*..");

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES = slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    /** A reader finds a class by its package. The Camel root is as large as Camel's conventions make it. */
    @ArchTest
    static void packagesStaySmall(JavaClasses classes) {
        Map<String, Long> sizes = classes.stream().filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        sizes.remove(ROOT + "camel");
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as("classes in " + name).isLessThanOrEqualTo(25));
    }

    /** The life of a job is in one class. */
    @ArchTest
    static final ArchRule TRANSITIONS_IN_ONE_PLACE = noClasses().that().resideInAPackage(ROOT + "engine..")
            .and().doNotHaveSimpleName("JobTransitions")
            .should().callMethod(JobFields.class, "state", JobState.class)
            .orShould().callMethod(JobFields.class, "delivery", JobDelivery.class)
            .orShould().callMethod(JobFields.class, "node", String.class)
            .orShould().callMethod(JobFields.class, "endedAt", Instant.class);

    /** What watches knows the component by its header names only: it is told, and changes nothing. */
    @ArchTest
    static final ArchRule OBSERVERS_ARE_TOLD = noClasses().that().resideInAPackage(ROOT + "camel.observe..")
            .should().dependOnClassesThat(resideInAPackage(ROOT + "camel").and(not(equivalentTo(GrokVideoConstants.class))));

    /** Each optional library is met in one place, so that all else loads without it. */
    @ArchTest
    static final ArchRule METRICS_IN_ONE_PLACE = noClasses()
            .that().doNotHaveSimpleName("JobMetrics").and().doNotHaveSimpleName("MetricsFinder")
            .should().dependOnClassesThat().resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule TRACES_IN_ONE_PLACE = noClasses().that().haveNameNotMatching(".*OpenTelemetrySpans(\\$.*)?")
            .should().dependOnClassesThat().resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule CAMELS_SPANS_IN_ONE_PLACE = noClasses().that().doNotHaveSimpleName("GrokVideoSpanDecorator")
            .should().dependOnClassesThat().resideInAPackage("org.apache.camel.telemetry..");

    @ArchTest
    static final ArchRule ENDPOINT_DSL_IN_ONE_PLACE = noClasses().that().resideOutsideOfPackage(ROOT + "camel.dsl")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel.builder.endpoint..", ROOT + "camel.dsl");

    @ArchTest
    static final ArchRule VALUES_NEED_NOTHING = noClasses().that().resideInAPackage(ROOT + "job..")
            .should().dependOnClassesThat().resideOutsideOfPackages(ROOT + "job..", ROOT + "error..", "java..");

    @ArchTest
    static final ArchRule PROVIDERS_DO_NO_IO = noClasses().that().resideInAPackage(ROOT + "provider..")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel..", "org.apache.hc..", "java.net.http..");

    @ArchTest
    static final ArchRule JOBS_KNOW_NO_EXCHANGE = noClasses()
            .that().resideInAnyPackage(ROOT + "engine..", ROOT + "store..", ROOT + "provider..", ROOT + "job..")
            .should().dependOnClassesThat().haveFullyQualifiedName("org.apache.camel.Exchange");

    @ArchTest
    static final ArchRule NO_RAW_THREADS = noClasses().that().resideOutsideOfPackage(ROOT + "transport..")
            .should().callConstructor(Thread.class, Runnable.class)
            .orShould().callMethod(Thread.class, "sleep", long.class);

    /** Camel chooses among the methods of a name by the body, and does so among those that are not public as well. */
    @ArchTest
    static void aMethodThatRoutesCallHasANameOfItsOwn(JavaClasses classes) {
        classes.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                && (type.getPackageName().equals(ROOT + "camel.beans") || type.getPackageName().equals(ROOT + "camel.batch")))
                .forEach(type -> {
                    List<String> names = type.getMethods().stream().filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE)
                            && !method.getModifiers().contains(JavaModifier.SYNTHETIC)).map(JavaMethod::getName).toList();
                    assertThat(names).as(type.getName()).doesNotHaveDuplicates();
                });
    }
}
