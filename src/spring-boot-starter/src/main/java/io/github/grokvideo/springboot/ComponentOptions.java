// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.springboot;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The properties below {@code camel.component.<name>}, as options of a component. Names may be written as Spring Boot allows
 * ({@code api-key}, {@code apiKey}, {@code APIKEY} from an environment variable); values are converted as Camel converts options.
 */
final class ComponentOptions {

    private static final String ACCOUNTS = "accounts";
    /** Options of Camel's auto-configuration, not of the component. */
    private static final Set<String> OF_CAMEL = Set.of("enabled", "customizer");

    private static final Map<String, String> ACCOUNT_SETTINGS = Arrays.stream(BeanUtils.getPropertyDescriptors(GrokVideoAccount.class))
            .filter(property -> property.getWriteMethod() != null).map(PropertyDescriptor::getName)
            .collect(Collectors.toUnmodifiableMap(ComponentOptions::uniform, name -> name));

    private final String prefix;
    private final Map<String, Object> given;

    ComponentOptions(Environment environment, String name) {
        this.prefix = "camel.component." + name;
        this.given = Binder.get(environment).bind(prefix, Bindable.mapOf(String.class, Object.class)).orElse(Map.of());
    }

    /** @throws IllegalArgumentException naming unknown options, without their values: one may be a misspelt apiKey */
    void apply(GrokVideoComponent component) {
        PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
        Set<String> unknown = new TreeSet<>();
        Map<String, Object> known = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (name.equalsIgnoreCase(ACCOUNTS) && value instanceof Map<?, ?> accounts) {
                accounts.forEach((account, settings) -> putAccount(String.valueOf(account), settings, known, unknown));
            } else if (((PropertyConfigurerGetter) configurer).getOptionType(uniform(name), true) != null) {
                known.put(uniform(name), value);
            } else if (!OF_CAMEL.contains(name)) {
                unknown.add(prefix + "." + name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Unknown options " + unknown + ": check their spelling");
        }
        bind(component.getCamelContext(), component, configurer, known);
    }

    private void putAccount(String account, Object settings, Map<String, Object> known, Set<String> unknown) {
        String parent = ACCOUNTS + "[" + account + "]";
        if (settings instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                String setting = ACCOUNT_SETTINGS.get(uniform(String.valueOf(name)));
                if (setting == null) {
                    unknown.add(prefix + "." + parent + "." + name);
                } else {
                    known.put(parent + "." + setting, value);
                }
            });
        } else {
            unknown.add(prefix + "." + parent);
        }
    }

    private static void bind(
            CamelContext context, GrokVideoComponent component, PropertyConfigurer configurer, Map<String, Object> options) {
        PropertyBindingSupport.build().withCamelContext(context).withTarget(component).withConfigurer(configurer)
                .withProperties(options).withIgnoreCase(true).withMandatory(true).bind();
    }

    /** As Spring Boot compares names: without dashes and case. */
    private static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
