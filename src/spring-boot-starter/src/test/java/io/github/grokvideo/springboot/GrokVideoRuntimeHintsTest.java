// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.camel.beans.OutcomeReport;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.api.management.ManagedResource;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;

/** A native image keeps what the component reads and creates by name. */
class GrokVideoRuntimeHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    GrokVideoRuntimeHintsTest() {
        AotServices.factories().load(RuntimeHintsRegistrar.class).stream()
                .filter(registrar -> registrar.getClass().getPackageName().equals("io.github.grokvideo.springboot"))
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
    }

    @Test
    void everyFileThatIsReadIsKept() throws Exception {
        try (Jar jar = new Jar()) {
            List<String> files = Stream.of("db/grokvideo", "kamelets", "META-INF/services").flatMap(folder -> jar.files(folder).stream())
                    .toList();
            assertThat(files).hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(RuntimeHintsPredicates.resource().forResource(file)).accepts(hints));
        }
    }

    @Test
    void everyClassThatAServiceFileNamesCanBeCreated() throws Exception {
        try (Jar jar = new Jar()) {
            List<String> names = jar.files("META-INF/services").stream().flatMap(file -> jar.lines(file).stream())
                    .map(line -> line.replaceFirst("^class=", ""))
                    .filter(line -> line.startsWith("io.github.grokvideo.") && !line.contains("="))
                    .toList();
            assertThat(names).hasSizeGreaterThan(10).allSatisfy(name -> {
                assertThat(getClass().getClassLoader().getResource(name.replace('.', '/') + ".class")).as(name).isNotNull();
                assertThat(hints.reflection().getTypeHint(TypeReference.of(name))).as(name).isNotNull()
                        .satisfies(hint -> assertThat(hint.getMemberCategories())
                                .containsAnyOf(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
            });
        }
    }

    @Test
    void everyBeanOfRoutesAndEveryMBeanCanBeCalled() throws Exception {
        try (Jar jar = new Jar()) {
            List<Class<?>> called = new ArrayList<>();
            for (String file : jar.files("io/github/grokvideo/component/camel")) {
                // Only these are loaded: others need libraries that are optional, and not here.
                boolean bean = file.matches(".*/camel/(beans|batch)/[^/$]+\\.class") && !file.endsWith("-info.class");
                if (bean && isBean(type(file)) || file.endsWith(".class") && isManaged(file)) {
                    called.add(type(file));
                }
            }
            assertThat(called).hasSizeGreaterThan(15).allSatisfy(
                    type -> assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getName()).accepts(hints));
        }
    }

    private static Class<?> type(String file) throws ClassNotFoundException {
        return Class.forName(file.replace(".class", "").replace('/', '.'));
    }

    private static boolean isBean(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && !Throwable.class.isAssignableFrom(type) && !type.isRecord();
    }

    private static boolean isManaged(String file) throws IOException {
        try (InputStream bytes = GrokVideoRuntimeHintsTest.class.getClassLoader().getResourceAsStream(file)) {
            return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains(ManagedResource.class.descriptorString());
        }
    }

    @Test
    void optionsBeansAndStoredJobsAreReflected() throws Exception {
        assertThat(RuntimeHintsPredicates.reflection().onMethod(GrokVideoAccount.class, "setApiKey")).accepts(hints);
        assertThat(OutcomeReport.class.getMethods()).filteredOn(method -> method.getName().equals("report")).isNotEmpty()
                .allSatisfy(method -> assertThat(RuntimeHintsPredicates.reflection().onMethod(method)).accepts(hints));
        assertThat(RuntimeHintsPredicates.reflection().onType(GrokVideoComponent.class)).accepts(hints);
        for (Field field : JobFields.class.getDeclaredFields()) {
            assertThat(RuntimeHintsPredicates.reflection().onField(field)).as(field.getName()).accepts(hints);
        }
        for (Class<?> type : List.of(JobState.class, Cost.class, VideoRequest.class, JobError.class, JobError.Attempt.class)) {
            assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getName()).accepts(hints);
        }
    }

    /** The component's jar, or its folder of classes. */
    private static final class Jar implements AutoCloseable {

        private final FileSystem zip;
        private final Path root;

        Jar() throws Exception {
            Path location = Path.of(GrokVideoComponent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            zip = Files.isDirectory(location) ? null : FileSystems.newFileSystem(location);
            root = zip == null ? location : zip.getPath("/");
        }

        List<String> files(String folder) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                return files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).toList();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        List<String> lines(String file) {
            try {
                return Files.readAllLines(root.resolve(file));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (zip != null) {
                zip.close();
            }
        }
    }
}
