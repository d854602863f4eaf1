// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.MBeanInfo;
import com.fasterxml.jackson.databind.JsonNode;

/** Compares what stands for the component's MBeans with the real ones. */
final class MBeanShape {

    private MBeanShape() {
    }

    /** Attributes and operations, without those that Camel adds to every service. */
    static Set<String> names(MBeanInfo info) {
        TreeSet<String> names = new TreeSet<>();
        List<String> camels = List.of("CamelId", "CamelManagementName", "RouteId", "ServiceType", "StaticService", "State",
                "SupportSuspension", "Suspended", "isSuspended", "start", "stop", "suspend", "resume");
        Arrays.stream(info.getAttributes()).map(attribute -> attribute.getName()).forEach(names::add);
        Arrays.stream(info.getOperations()).map(operation -> operation.getName()).forEach(names::add);
        names.removeAll(camels);
        // Camel lists the getters of attributes as operations as well.
        names.removeIf(name -> name.matches("(get|is)[A-Z].*"));
        return names;
    }

    /** The same fields, of the same kinds, and for words the same words where there are few. */
    static void same(String what, JsonNode real, JsonNode fake) {
        Map<String, String> reals = kinds(real);
        Map<String, String> fakes = kinds(fake);
        assertThat(unlike(fakes, reals)).as("%s: of the fake and not of the component", what).isEmpty();
        assertThat(unlike(reals, fakes)).as("%s: of the component and not of the fake", what).isEmpty();
        assertThat(fake.get("actions")).as(what).isEqualTo(real.get("actions"));
    }

    /** What is null on one side may be anything on the other. */
    private static Map<String, String> unlike(Map<String, String> ones, Map<String, String> others) {
        Map<String, String> unlike = new TreeMap<>(ones);
        unlike.entrySet().removeIf(one -> one.getValue().equals("null") || others.entrySet().stream().anyMatch(other ->
                other.getValue().equals("null") ? (one.getKey() + "/").startsWith(other.getKey() + "/") : one.equals(other)));
        return unlike;
    }

    /** The first element stands for the others of an array; what a job's own words are keys of is left out. */
    private static Map<String, String> kinds(JsonNode node) {
        Map<String, String> kinds = new TreeMap<>();
        add(kinds, "", node);
        return kinds;
    }

    private static void add(Map<String, String> kinds, String path, JsonNode node) {
        if (node.isObject() && !List.of("/request", "/metadata", "/buckets/spend", "/buckets/ended").contains(path)) {
            node.fields().forEachRemaining(field -> add(kinds, path + "/" + field.getKey(), field.getValue()));
        } else if (node.isArray() && !node.isEmpty() && !path.equals("/actions")) {
            add(kinds, path, node.get(0));
        } else {
            String words = path.endsWith("/charged") || path.endsWith("/error/type") ? "=" + node.asText() : "";
            kinds.put(path, node.getNodeType().name().toLowerCase() + words);
        }
    }
}
