// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The archive for tools, as the build has packed it. */
class CatalogArchiveIT {

    private static final String COMPONENT = "org/apache/camel/catalog/components/grokvideo.json";

    private static Path archive;

    @BeforeAll
    static void findArchive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            archive = files.filter(file -> file.getFileName().toString().matches("camel-grokvideo-.*-catalog\\.jar"))
                    .findFirst().orElseThrow();
        }
    }

    @Test
    void aCatalogThatReadsItKnowsTheComponent() throws Exception {
        try (URLClassLoader tool = new URLClassLoader(new URL[] { archive.toUri().toURL() }, ClassLoader.getPlatformClassLoader())) {
            CamelCatalog catalog = new DefaultCamelCatalog();
            catalog.getVersionManager().setClassLoader(tool);

            assertThat(catalog.findComponentNames()).containsExactly("grokvideo");
            assertThat(catalog.componentModel("grokvideo").getArtifactId()).isEqualTo("camel-grokvideo");
            assertThat(catalog.validateEndpointProperties("grokvideo:generate?duration=6").isSuccess()).isTrue();
            EndpointValidationResult wrong = catalog.validateEndpointProperties("grokvideo:generate?duratoin=6");
            assertThat(wrong.isSuccess()).isFalse();
            assertThat(wrong.getUnknown()).containsExactly("duratoin");
        }
    }

    @Test
    void aCatalogOfCamelTakesTheComponentAsWell() throws Exception {
        try (JarFile jar = new JarFile(archive.toFile())) {
            String json = new String(jar.getInputStream(jar.getEntry(COMPONENT)).readAllBytes(), StandardCharsets.UTF_8);
            CamelCatalog catalog = new DefaultCamelCatalog();
            catalog.addComponent("grokvideo", GrokVideoComponent.class.getName(), json);

            assertThat(catalog.findComponentNames()).contains("grokvideo", "file");
            assertThat(catalog.validateEndpointProperties("grokvideo:completed?status=FAILED", false, true, false).isSuccess()).isTrue();
            assertThat(catalog.validateEndpointProperties("grokvideo:generate?output=tape").getInvalidEnum()).containsKey("output");
        }
    }

    @Test
    void itHasTheKameletsOfTheJarAndItsLicence() throws Exception {
        try (JarFile jar = new JarFile(archive.toFile()); Stream<Path> kamelets = Files.list(Path.of("target/classes/kamelets"))) {
            List<String> names = jar.stream().map(JarEntry::getName).toList();
            assertThat(names).contains("META-INF/LICENSE", "META-INF/NOTICE");
            List<Path> files = kamelets.toList();
            assertThat(files).isNotEmpty();
            for (Path kamelet : files) {
                JarEntry entry = jar.getJarEntry("kamelets/" + kamelet.getFileName());
                assertThat(entry).as("%s", kamelet).isNotNull();
                assertThat(jar.getInputStream(entry)).hasContent(Files.readString(kamelet));
            }
        }
    }
}
