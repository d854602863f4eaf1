// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.camel.GrokVideoOutput;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class GrokVideoAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class, GrokVideoAutoConfiguration.class))
            .withPropertyValues("camel.main.banner-mode=off");

    private static GrokVideoComponent component(CamelContext context) {
        return context.getComponent("grokvideo", GrokVideoComponent.class);
    }

    @Test
    void optionsAreSetHoweverTheirNamesAreWritten() {
        application.withPropertyValues("camel.component.grokvideo.provider=xai", "camel.component.grokvideo.api-key=sk-1",
                "camel.component.grokvideo.pollInterval=3s", "camel.component.grokvideo.KEEPKEYS=40d",
                "camel.component.grokvideo.output=stream", "camel.component.grokvideo.max-concurrent-jobs=7",
                "camel.component.grokvideo.create-schema=false", "camel.component.grokvideo.enabled=true",
                "camel.component.grokvideo.model=${my.model}", "my.model=m-1",
                "camel.component.grokvideo.additional-fields.fps=24")
                .run(started -> {
                    GrokVideoComponent component = component(started.getBean(CamelContext.class));
                    assertThat(component.getConfiguration().getApiKey()).isEqualTo("sk-1");
                    assertThat(component.getConfiguration().getPollInterval()).hasSeconds(3);
                    assertThat(component.getConfiguration().getOutput()).isEqualTo(GrokVideoOutput.stream);
                    assertThat(component.getConfiguration().getMaxConcurrentJobs()).isEqualTo(7);
                    assertThat(component.getConfiguration().getModel()).isEqualTo("m-1");
                    assertThat(component.getConfiguration().getAdditionalFields()).containsEntry("fps", "24");
                    assertThat(component.getKeepKeys()).hasDays(40);
                    assertThat(component.isCreateSchema()).isFalse();
                });
    }

    @Test
    void accountsAreAMap() {
        application.withPropertyValues("camel.component.grokvideo.accounts.acme.provider=toapis",
                "camel.component.grokvideo.accounts.acme.api-key=sk-acme", "camel.component.grokvideo.accounts.acme.poll-interval=2s",
                "camel.component.grokvideo.accounts[globex.com].provider=reapi",
                "camel.component.grokvideo.accounts[globex.com].submitsPerSecond=0.5")
                .run(started -> {
                    Map<String, GrokVideoAccount> accounts = component(started.getBean(CamelContext.class)).getAccounts();
                    assertThat(accounts).containsOnlyKeys("acme", "globex.com");
                    assertThat(accounts.get("acme").getApiKey()).isEqualTo("sk-acme");
                    assertThat(accounts.get("acme").getPollInterval()).hasSeconds(2);
                    assertThat(accounts.get("globex.com").getSubmitsPerSecond()).isEqualTo(0.5);
                });
    }

    @Test
    void environmentVariablesAreOptions() {
        application.withInitializer(context -> context.getEnvironment().getPropertySources().addFirst(
                new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(
                        "CAMEL_COMPONENT_GROKVIDEO_APIKEY", "sk-env", "CAMEL_COMPONENT_GROKVIDEO_MAXCONCURRENTJOBS", "7"))))
                .run(started -> {
                    GrokVideoComponent component = component(started.getBean(CamelContext.class));
                    assertThat(component.getConfiguration().getApiKey()).isEqualTo("sk-env");
                    assertThat(component.getConfiguration().getMaxConcurrentJobs()).isEqualTo(7);
                });
    }

    @Test
    void unknownOptionsAreNamedWithoutTheirValues() {
        application.withPropertyValues("camel.component.grokvideo.api-kee=sk-typo", "camel.component.grokvideo.accounts.acme.keey=sk-typo",
                "camel.component.grokvideo.accounts.flat=sk-typo")
                .run(started -> assertThatThrownBy(() -> component(started.getBean(CamelContext.class)))
                        .hasStackTraceContaining("Unknown options [camel.component.grokvideo.accounts[acme].keey,"
                                + " camel.component.grokvideo.accounts[flat], camel.component.grokvideo.api-kee]")
                        .satisfies(failure -> assertThat(failure).message().doesNotContain("sk-typo")));
    }

    @Test
    void aValueOfTheWrongKindIsAnError() {
        application.withPropertyValues("camel.component.grokvideo.poll-interval=soon")
                .run(started -> assertThatThrownBy(() -> component(started.getBean(CamelContext.class)))
                        .hasStackTraceContaining("pollinterval=soon"));
    }

    @Test
    void beansAreReferredToByName() {
        application.withBean("team", GrokVideoAccount.class, () -> new GrokVideoAccount("xai", "sk-team"))
                .withPropertyValues("camel.component.grokvideo.job-store=memory", "camel.component.grokvideo.account=team")
                .run(started -> assertThat(component(started.getBean(CamelContext.class)).getConfiguration().getAccount())
                        .isEqualTo("team"));
    }

    @Test
    void itCanBeTurnedOff() {
        application.withPropertyValues("camel.component.grokvideo.enabled=false", "camel.component.grokvideo.api-key=sk-1")
                .run(started -> assertThat(component(started.getBean(CamelContext.class)).getConfiguration().getApiKey()).isNull());
    }
}
