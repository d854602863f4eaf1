// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.springboot;

import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Sets the options of Grok Video components from the properties {@code camel.component.<name>.*}, usually
 * {@code camel.component.grokvideo.*}, when Camel creates the component. {@code camel.component.grokvideo.enabled=false} turns it off.
 */
@AutoConfiguration(afterName = "org.apache.camel.spring.boot.CamelAutoConfiguration")
@ConditionalOnProperty(prefix = "camel.component.grokvideo", name = "enabled", matchIfMissing = true)
public class GrokVideoAutoConfiguration {

    /**
     * @param environment where the properties are
     * @return            called by Camel with each new component
     */
    @Bean
    ComponentCustomizer grokVideoComponentOptions(Environment environment) {
        return ComponentCustomizer.builder(GrokVideoComponent.class)
                .build((name, component) -> new ComponentOptions(environment, name).apply(component));
    }
}
