package io.github.grokvideo.component.camel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
            .whereLayer("camel").mayNotBeAccessedByAnyLayer()
            .whereLayer("engine").mayOnlyBeAccessedByLayers("camel")
            .whereLayer("store").mayOnlyBeAccessedByLayers("camel", "engine")
            .whereLayer("transport").mayOnlyBeAccessedByLayers("camel", "engine")
            .whereLayer("provider").mayOnlyBeAccessedByLayers("camel", "engine", "transport")
            .whereLayer("job").mayOnlyBeAccessedByLayers("camel", "engine", "store", "provider", "transport");

    @ArchTest
    static final ArchRule VALUES_NEED_NOTHING = noClasses().that().resideInAPackage(ROOT + "job..")
            .should().dependOnClassesThat().resideOutsideOfPackages(ROOT + "job..", "java..");

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
}
