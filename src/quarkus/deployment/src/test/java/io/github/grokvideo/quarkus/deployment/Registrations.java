// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageProxyDefinitionBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;

/** What a build registers for a native image: lines of a resource, since the build and the test have different class loaders. */
record Registrations(Set<String> lines) {

    private static final String RESOURCE = "registrations.txt";

    static Registrations read() throws IOException {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(RESOURCE)) {
            return new Registrations(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().collect(Collectors.toSet()));
        }
    }

    boolean isReflective(String name) {
        return lines.contains("class " + name);
    }

    boolean hasMethods(String name) {
        return lines.contains("methods " + name);
    }

    boolean hasFields(String name) {
        return lines.contains("fields " + name);
    }

    boolean isProxy(String name) {
        return lines.contains("proxy " + name);
    }

    boolean isResource(String file) {
        return lines.contains("resource " + file)
                || lines.stream().anyMatch(line -> line.startsWith("pattern ") && Pattern.matches(line.substring(8), file));
    }

    Set<String> providers(String service) {
        String prefix = "provider " + service + " ";
        return lines.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    /** Adds a step to the build that writes the lines. */
    static final class Recorder implements Consumer<BuildChainBuilder> {

        @Override
        public void accept(BuildChainBuilder build) {
            build.addBuildStep(Recorder::record).consumes(ReflectiveClassBuildItem.class).consumes(NativeImageResourceBuildItem.class)
                    .consumes(NativeImageResourcePatternsBuildItem.class).consumes(ServiceProviderBuildItem.class)
                    .consumes(NativeImageProxyDefinitionBuildItem.class).produces(GeneratedResourceBuildItem.class).build();
        }

        private static void record(BuildContext context) {
            Set<String> lines = new TreeSet<>();
            for (ReflectiveClassBuildItem item : context.consumeMulti(ReflectiveClassBuildItem.class)) {
                for (String name : item.getClassNames()) {
                    lines.add("class " + name);
                    if (item.isMethods()) {
                        lines.add("methods " + name);
                    }
                    if (item.isFields()) {
                        lines.add("fields " + name);
                    }
                }
            }
            context.consumeMulti(NativeImageResourceBuildItem.class)
                    .forEach(item -> item.getResources().forEach(file -> lines.add("resource " + file)));
            context.consumeMulti(NativeImageResourcePatternsBuildItem.class)
                    .forEach(item -> item.getIncludePatterns().forEach(pattern -> lines.add("pattern " + pattern)));
            context.consumeMulti(NativeImageProxyDefinitionBuildItem.class)
                    .forEach(item -> item.getClasses().forEach(name -> lines.add("proxy " + name)));
            for (ServiceProviderBuildItem item : context.consumeMulti(ServiceProviderBuildItem.class)) {
                // A provider is a reflective class as well, and the descriptor a resource.
                lines.add("resource " + item.serviceDescriptorFile());
                String service = item.serviceDescriptorFile().substring(ServiceProviderBuildItem.SPI_ROOT.length());
                item.providers().forEach(provider -> lines.add("provider " + service + " " + provider));
            }
            context.produce(new GeneratedResourceBuildItem(RESOURCE, String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        }
    }
}
