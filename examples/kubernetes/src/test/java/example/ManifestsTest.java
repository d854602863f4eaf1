// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1Volume;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;

/** The manifests have the schema of Kubernetes, and fit each other, the Containerfile and the program. */
class ManifestsTest {

    private final V1PodSpec spec = Manifests.deployment().getSpec().getTemplate().getSpec();
    private final V1Container container = spec.getContainers().get(0);

    static List<Path> files() {
        return Manifests.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aManifestHasTheSchemaOfItsKind(Path file) {
        assertThat(Manifests.read(file)).isNotEmpty();
    }

    /** Otherwise the test above would prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"readOnlyRootFilesystem: true -> readOnlyRootFileSystem: true",
            "failureThreshold: 60 -> failureThreshold: often", "sizeLimit: 5Gi -> sizeLimit: 5 Gigabytes",
            "kind: Deployment -> kind: Deploiment", "replicas: 2 -> replikas: 2",
            "name: videos\n          image -> image"})
    void aMistakeIsFound(String mistake) throws IOException {
        String[] change = mistake.split(" -> ");
        String yaml = Files.readString(Path.of("manifests/deployment.yaml"));
        assertThat(yaml).contains(change[0]);

        assertThatThrownBy(() -> Manifests.parse(yaml.replace(change[0], change[1]))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsSelectTheReplicas() {
        Map<String, String> labels = Manifests.deployment().getSpec().getTemplate().getMetadata().getLabels();
        assertThat(Manifests.deployment().getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(Manifests.only(V1PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(spec.getTopologySpreadConstraints()).allSatisfy(
                each -> assertThat(each.getLabelSelector().getMatchLabels()).isEqualTo(labels));
        V1Service service = Manifests.readAll().stream().filter(V1Service.class::isInstance).map(V1Service.class::cast)
                .filter(each -> each.getMetadata().getName().equals("videos")).findFirst().orElseThrow();
        assertThat(service.getSpec().getSelector()).isEqualTo(labels);
        assertThat(service.getSpec().getPorts()).allSatisfy(port -> assertThat(container.getPorts())
                .anyMatch(each -> each.getName().equals(port.getTargetPort().getStrValue())));
    }

    @Test
    void thePodGetsNoMoreThanItNeeds() {
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isNullOrEmpty();
    }

    @Test
    void theContainerfileFits() throws IOException {
        String containerfile = Files.readString(Path.of("Containerfile"));
        assertThat(containerfile).contains("\nUSER " + spec.getSecurityContext().getRunAsUser() + ":" + spec.getSecurityContext()
                .getRunAsGroup() + "\n");
        assertThat(container.getPorts()).hasSize(1).allMatch(port -> containerfile.contains("\nEXPOSE " + port.getContainerPort() + "\n"));
        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .extracting((V1Probe probe) -> probe.getHttpGet().getPort().getStrValue())
                .containsOnly(container.getPorts().get(0).getName());
    }

    /** Neither is a name misspelt, nor is a value given that nobody reads. */
    @Test
    void theProgramReadsTheVariablesThatItGets() throws IOException {
        String properties = Files.readString(Path.of("src/main/resources/application.properties"));
        Set<String> read = Pattern.compile("\\$\\{([A-Z_]+)(:[^}]*)?}").matcher(properties).results().map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> given = new TreeSet<>(Manifests.secret().getStringData().keySet());
        container.getEnv().forEach(variable -> given.add(variable.getName()));

        assertThat(given).isEqualTo(read);
        assertThat(container.getEnvFrom()).extracting(each -> each.getSecretRef().getName())
                .containsExactly(Manifests.secret().getMetadata().getName());
        assertThat(Manifests.secret().getStringData()).containsEntry("XAI_API_KEY", "replace-me")
                .containsEntry("DATABASE_PASSWORD", "replace-me");
        assertThat(Files.readString(Path.of("README.md"))).contains(Manifests.secret().getStringData().keySet());
    }

    @Test
    void everyVolumeIsMountedAndLimited() {
        assertThat(container.getVolumeMounts()).extracting(mount -> mount.getName())
                .containsExactlyInAnyOrderElementsOf(spec.getVolumes().stream().map(V1Volume::getName).toList());
        assertThat(container.getVolumeMounts()).extracting(mount -> mount.getMountPath())
                .containsAll(container.getEnv().stream().map(variable -> variable.getValue()).toList());
        BigDecimal temporary = BigDecimal.ZERO;
        for (V1Volume volume : spec.getVolumes()) {
            if (volume.getEmptyDir() == null) {
                assertThat(volume.getPersistentVolumeClaim().getClaimName())
                        .isEqualTo(Manifests.only(V1PersistentVolumeClaim.class).getMetadata().getName());
            } else {
                temporary = temporary.add(volume.getEmptyDir().getSizeLimit().getNumber());
            }
        }
        // The log of the container counts as well.
        assertThat(container.getResources().getLimits().get("ephemeral-storage").getNumber()).isGreaterThan(temporary);
    }

    @Test
    void theWorkDirectoryHoldsTheLargestVideosThatAreDownloadedAtOnce() throws IOException {
        Properties program = program();
        long largest = Long.parseLong(program.getProperty("camel.component.grokvideo.max-file-size"));
        long downloads = Long.parseLong(program.getProperty("camel.component.grokvideo.io-threads")) / 2;
        V1Volume work = spec.getVolumes().stream().filter(volume -> volume.getName().equals("work")).findFirst().orElseThrow();
        assertThat(work.getEmptyDir().getSizeLimit().getNumber().longValueExact()).isGreaterThanOrEqualTo(downloads * largest);
    }

    @Test
    void theGracePeriodIsLongerThanTheStepsOfAStop() throws IOException {
        Properties program = program();
        Duration submit = DurationStyle.detectAndParse(program.getProperty("camel.component.grokvideo.submit-timeout"));
        Duration web = DurationStyle.detectAndParse(program.getProperty("spring.lifecycle.timeout-per-shutdown-phase"));
        // The engine waits so much longer for the store.
        Duration engine = submit.plusSeconds(5);
        Duration routes = Duration.ofSeconds(Long.parseLong(program.getProperty("camel.main.shutdown-timeout")));
        Duration preStop = Duration.ofSeconds(container.getLifecycle().getPreStop().getSleep().getSeconds());

        assertThat(web).isGreaterThan(submit);
        assertThat(Duration.ofSeconds(spec.getTerminationGracePeriodSeconds()))
                .isGreaterThanOrEqualTo(preStop.plus(web).plus(routes).plus(engine));
    }

    private static Properties program() throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
