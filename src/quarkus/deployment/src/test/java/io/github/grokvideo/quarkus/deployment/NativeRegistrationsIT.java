// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.quarkus.test.QuarkusUnitTest;
import org.apache.camel.api.management.ManagedResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Reads the component's classes and files, and compares what they need in a native image with what the extensions, this one and Camel's,
 * register in a build. A native image is not built.
 */
class NativeRegistrationsIT {

    private static final String OURS = "io.github.grokvideo.component.";
    /** For people, for tools and for the build, which knows the type converters. */
    private static final Predicate<String> NOT_LOADED = Pattern.compile("META-INF/(LICENSE|NOTICE|MANIFEST\\.MF|jandex\\.idx|maven/.*"
            + "|services/org/apache/camel/(component\\.properties|dev-consoles\\.properties|TypeConverterLoader))"
            + "|component\\.properties|dev-consoles\\.properties").asMatchPredicate();

    @RegisterExtension
    static final QuarkusUnitTest BUILD = new QuarkusUnitTest()
            .withApplicationRoot(application -> application.addClasses(Registrations.class, ComponentJar.class, ComponentJar.Calls.class))
            .overrideConfigKey("quarkus.datasource.devservices.enabled", "false")
            .overrideConfigKey("quarkus.http.test-port", "0")
            .addBuildChainCustomizer(new Registrations.Recorder());

    private static Registrations registered;
    private static ComponentJar jar;

    @BeforeAll
    static void read() throws Exception {
        registered = Registrations.read();
        jar = ComponentJar.of(GrokVideoComponent.class);
    }

    @Test
    void everyFileIsAResource() {
        assertThat(jar.files()).contains("db/grokvideo/V1__jobs.sql", "META-INF/services/" + OURS + "provider.VideoProvider");
        assertThat(jar.files().stream().filter(NOT_LOADED.negate()).filter(file -> !file.matches("META-INF/services/[^/]+"))
                .filter(file -> !registered.isResource(file))).isEmpty();
    }

    @Test
    void everyServiceIsRegisteredWithItsProviders() throws Exception {
        for (String file : jar.files().stream().filter(file -> file.matches("META-INF/services/[^/]+")).toList()) {
            String service = file.substring("META-INF/services/".length());
            if (isPresent(service)) {
                assertThat(registered.providers(service)).as(service).containsAll(jar.lines(file));
                assertThat(registered.isResource(file)).as(file).isTrue();
            }
        }
        assertThat(registered.providers(OURS + "provider.VideoProvider")).isNotEmpty();
    }

    @Test
    void everyServiceOfCamelIsReflective() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (String file : jar.files().stream().filter(file -> file.matches("META-INF/services/org/apache/camel/.+/.+")).toList()) {
            jar.lines(file).stream().filter(line -> line.startsWith("class=")).map(line -> line.substring("class=".length()))
                    .filter(name -> !registered.isReflective(name)).forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyClassThatJacksonReadsOrWritesIsReflective() throws Exception {
        Set<String> given = new TreeSet<>(jar.classesGivenTo(call -> call.owner().startsWith("com/fasterxml/jackson/databind/")
                && Set.of("readValue", "treeToValue", "convertValue", "addMixIn", "addMixInAnnotations", "constructType", "readerFor",
                        "writerFor").contains(call.name())));
        assertThat(given).contains(OURS + "job.JobFields", OURS + "store.jdbc.JobJson$StoredFields");
        Set<String> all = jar.reachedByFields(given);
        assertThat(all).contains(OURS + "job.VideoRequest", OURS + "job.Cost", OURS + "error.JobError", OURS + "job.JobDelivery$State");
        assertThat(registered.hasFields(OURS + "error.JobError$Attempt")).isTrue();
        assertThat(all.stream().filter(name -> !registered.hasFields(name))).isEmpty();
    }

    @Test
    void everyClassWithJacksonAnnotationsIsReflective() {
        assertThat(jar.annotatedWith("com/fasterxml/jackson/annotation/").stream().filter(name -> !registered.isReflective(name)))
                .isEmpty();
    }

    @Test
    void everyMBeanHasItsMethods() throws Exception {
        Set<String> mbeans = new TreeSet<>(jar.annotatedWith("org/apache/camel/api/management/"));
        assertThat(mbeans).contains(GrokVideoComponent.class.getName(), OURS + "camel.observe.VideoJobs");
        assertThat(GrokVideoComponent.class).hasAnnotation(ManagedResource.class);
        assertThat(mbeans.stream().filter(name -> !registered.hasMethods(name))).isEmpty();
    }

    @Test
    void whatRoutesNameIsReflective() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (Class<?> one : jar.classes(Set.of(OURS + "camel.beans", OURS + "camel.batch", OURS + "error", OURS + "job"))) {
            if (Modifier.isPublic(one.getModifiers()) && !registered.hasMethods(one.getName())) {
                missing.add(one.getName());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(jar.classes(Set.of(OURS + "error"))).anyMatch(Throwable.class::isAssignableFrom);
    }

    @Test
    void everyClassFoundByNameIsReflective() {
        List<String> names = jar.classNamesInTexts().stream().filter(NativeRegistrationsIT::isPresent).toList();
        // Those of libraries that are not here cannot be checked.
        assertThat(names).contains("org.h2.Driver", "com.github.kagkarlsson.scheduler.Scheduler");
        assertThat(names.stream().filter(name -> !registered.isReflective(name))).isEmpty();
    }

    @Test
    void everyProxyIsRegistered() {
        Set<String> makers = jar.methodsThatCall("java/lang/reflect/Proxy", "newProxyInstance");
        assertThat(makers).isNotEmpty();
        Set<String> interfaces = jar.classesGivenTo(call -> makers.contains(call.owner() + "." + call.name()));
        assertThat(interfaces).isNotEmpty();
        assertThat(interfaces.stream().filter(name -> !registered.isProxy(name))).isEmpty();
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, NativeRegistrationsIT.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
