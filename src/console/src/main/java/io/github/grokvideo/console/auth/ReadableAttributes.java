// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;

/**
 * The attributes that every login may read: those of the JVM, Hawtio and Camel. Other MBeans, such as those of connection pools and
 * brokers, may contain keys and are not even listed.
 */
final class ReadableAttributes {

    private static final String CAMEL = "org.apache.camel";
    private static final Set<String> DOMAINS = Set.of(
            CAMEL, "hawtio", "jolokia", "JMImplementation", "java.lang", "java.nio", "java.util.logging", "com.sun.management");

    /** The command line and the system properties may contain keys. */
    private static final Map<String, Set<String>> NOT_OF_THE_JVM = Map.of("Runtime", Set.of("SystemProperties", "InputArguments"));

    /** Text from route definitions, which may be a prompt or a token, and Camel's options, which may be keys. */
    private static final Set<String> NOT_OF_CAMEL = Set.of(
            "GlobalOptions", "ModelLabel", "Expression", "Predicate", "Message", "OnWhen", "Key", "Filter", "CorrelationExpression",
            "CompletionPredicate", "CompletionSizeExpression", "CompletionTimeoutExpression");

    private ReadableAttributes() {
    }

    /** Whether an MBean is shown at all. */
    static boolean has(ObjectName name) {
        return DOMAINS.contains(name.getDomain());
    }

    static boolean has(ObjectName name, String attribute) {
        return has(name) && switch (name.getDomain()) {
            case CAMEL -> !NOT_OF_CAMEL.contains(attribute);
            case "java.lang" -> !NOT_OF_THE_JVM.getOrDefault(String.valueOf(name.getKeyProperty("type")), Set.of()).contains(attribute);
            default -> true;
        };
    }
}
