// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.store.JobStore;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.EndpointServiceLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest extends CamelTest {

    private VideoAccount paying(String uri, Map<String, Object> headers) {
        assertThat(send(uri, "a cat", headers).getException()).isNull();
        return engine.lastOrder().account();
    }

    private void bean() {
        GrokVideoAccount account = new GrokVideoAccount("toapis", "sk-team");
        account.setModel("grok-video-1.5");
        account.setPollInterval(Duration.ofSeconds(3));
        account.setMaxConcurrentJobs(7);
        account.setTagWeights("acme=3, a=b = 0.5");
        context.getRegistry().bind("team", account);
    }

    @Test
    void theComponentsOptionsAreTheDefaultAccount() {
        component.getConfiguration().setPollInterval(Duration.ofSeconds(2));

        VideoAccount account = paying("grokvideo:generate?model=m-2", Map.of());

        assertThat(account.name()).isEqualTo("default");
        assertThat(account.access().apiKey()).isEqualTo("sk-hidden");
        assertThat(account.access().baseUrl()).hasToString("https://xai.example/v1");
        assertThat(account.pollInterval()).hasSeconds(2);
        assertThat(engine.accounts).containsKey("default");
    }

    @Test
    void anAccountOfTheComponentIsFoundByNameAndComesBeforeABean() {
        bean();
        GrokVideoAccount account = new GrokVideoAccount("toapis", "sk-configured");
        component.getAccounts().put("team", account);

        assertThat(paying("grokvideo:generate?account=team", Map.of()).access().apiKey()).isEqualTo("sk-configured");
        assertThatThrownBy(() -> context.getEndpoint("grokvideo:generate?account=none").createProducer().start())
                .hasStackTraceContaining("known accounts are [default, team]");
        component.getAccounts().put("keyless", new GrokVideoAccount("toapis", null));
        assertThatThrownBy(() -> context.getEndpoint("grokvideo:generate?account=keyless").createProducer().start())
                .hasStackTraceContaining("set it as accounts[keyless].apiKey of the component");
    }

    @Test
    void accountsAreReadFromProperties() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.grokvideo.accounts[acme].provider", "toapis");
        main.addInitialProperty("camel.component.grokvideo.accounts[acme].apiKey", "sk-acme");
        main.addInitialProperty("camel.component.grokvideo.accounts[acme].poll-interval", "3s");
        main.addInitialProperty("camel.component.grokvideo.accounts[globex].provider", "reapi");
        main.addInitialProperty("camel.component.grokvideo.accounts[globex].max-concurrent-jobs", "7");
        main.start();
        try {
            Map<String, GrokVideoAccount> accounts = main.getCamelContext().getComponent("grokvideo", GrokVideoComponent.class)
                    .getAccounts();

            assertThat(accounts).containsOnlyKeys("acme", "globex");
            assertThat(accounts.get("acme").getApiKey()).isEqualTo("sk-acme");
            assertThat(accounts.get("acme").getPollInterval()).hasSeconds(3);
            assertThat(accounts.get("globex").getMaxConcurrentJobs()).isEqualTo(7);
        } finally {
            main.stop();
        }
    }

    @Test
    void aHostMayHaveAnUnderscore() {
        VideoAccount account = paying("grokvideo:generate?baseUrl=http://my_gateway:8080/v1&apiKey=sk-1", Map.of());

        assertThat(account.access().host()).isEqualTo("my_gateway");
    }

    @Test
    void aBeanIsAnAccountByOptionOrHeader() {
        bean();

        assertThat(paying("grokvideo:generate?account=team", Map.of()).name()).isEqualTo("team");
        VideoAccount account = paying("grokvideo:generate", Map.of(GrokVideoConstants.ACCOUNT, "team"));

        assertThat(account.provider().name()).isEqualTo("toapis");
        assertThat(account.model()).isEqualTo("grok-video-1.5");
        assertThat(account.maxConcurrentJobs()).isEqualTo(7);
        assertThat(account.tagWeights()).isEqualTo(Map.of("acme", 3.0, "a=b", 0.5));
        assertThat(List.of(account.tagWeight("acme"), account.tagWeight("other"), account.tagWeight(null))).containsExactly(3.0, 1.0, 1.0);
        assertThat(paying("grokvideo:generate?account=team", Map.of(GrokVideoConstants.ACCOUNT, "default")).name())
                .isEqualTo("default");
    }

    @Test
    void anUnknownAccountNamesTheKnownOnes() {
        bean();

        assertThat(send("grokvideo:generate", "x", Map.of(GrokVideoConstants.ACCOUNT, "tame")).getException())
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("[default, team]");
        assertThatThrownBy(() -> send("grokvideo:generate?account=tame", "x")).hasMessageContaining("account 'tame'");
        assertThatThrownBy(() -> send("grokvideo:generate?account=team&apiKey=sk-1", "x"))
                .hasMessageContaining("remove these options from the endpoint").hasMessageNotContaining("sk-1");
    }

    @Test
    void equalEndpointSettingsAreOneAccountWhoseNameHoldsNoKey() {
        VideoAccount one = paying("grokvideo:generate?provider=toapis&apiKey=sk-1", Map.of());
        VideoAccount same = paying("grokvideo:submit?apiKey=sk-1&provider=toapis", Map.of());
        VideoAccount other = paying("grokvideo:generate?provider=toapis&apiKey=sk-2", Map.of());

        assertThat(one).isEqualTo(same);
        assertThat(one.name()).isEqualTo("endpoint-1");
        assertThat(other.name()).isEqualTo("endpoint-2");
    }

    @Test
    void anOwnGatewayIsABean() {
        context.getRegistry().bind("mine", new FakeProvider("mine", java.util.Optional.of("http://127.0.0.1:1/v1")));

        assertThat(paying("grokvideo:generate?provider=#mine", Map.of()).provider().name()).isEqualTo("mine");
        assertThat(paying("grokvideo:generate?provider=#bean:mine", Map.of()).provider().name()).isEqualTo("mine");
        assertThatThrownBy(() -> send("grokvideo:generate?provider=#other", "x")).hasMessageContaining("no bean of type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "provider=quatsch | not one of xai, toapis",
            "provider=uniall | Option baseUrl is missing",
            "baseUrl=ftp://a.example | must begin with http:// or https://",
            "baseUrl=https:// | baseUrl",
            "baseUrl=https://u:secret@a.example/v1 | must have no user info",
            "baseUrl=RAW(https://a.example/v1?key=secret) | must have no user info, query",
            "maxConcurrentJobs=-1 | maxConcurrentJobs must be 0",
            "submitsPerSecond=-1 | submitsPerSecond must be 0",
            "tagWeights=RAW(acme) | tagWeights must be tag=weight",
            "tagWeights=RAW(=2) | tagWeights must be tag=weight",
            "tagWeights=RAW(acme=2,acme=3) | each tag once",
            "tagWeights=RAW(acme=0) | must be a number from 0.001 to 1000.0, not '0'",
            "tagWeights=RAW(acme=NaN) | must be a number from",
            "tagWeights=RAW(acme=many) | must be a number from",
            "priority=10 | priority must be from -9 to 9: 10",
            "pollInterval=0s | pollInterval must be longer",
            "waitTimeout=-1 | waitTimeout must be 0 or more",
            "mode=quatsch | is not one of auto, text-to-video" })
    void aRouteWithAWrongOptionDoesNotStart(String option, String message) {
        assertThatThrownBy(() -> routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?" + option);
            }
        })).rootCause().hasMessageContaining(message).hasMessageNotContaining("secret");
    }

    @Test
    void whatIsMissingIsNamedWithWhereToSetIt() {
        component.getConfiguration().setApiKey(null);
        assertThatThrownBy(() -> send("grokvideo:generate", "x"))
                .hasMessageContaining("Option apiKey is missing").hasMessageContaining("camel.component.grokvideo.api-key");
        component.getConfiguration().setProvider(" ");
        assertThatThrownBy(() -> send("grokvideo:submit", "x")).hasMessageContaining("Option provider is missing");
    }

    @Test
    void aWrongOptionOrOperationIsNamedWithoutItsValue() {
        assertThatThrownBy(() -> send("grokvideo:generate?apiKee=sk-typo&model=x", "x"))
                .hasMessageContaining("[apiKee]").rootCause().hasMessageNotContaining("sk-typo");
        assertThatThrownBy(() -> context.getEndpoint("grokvideo:completed?duration=6&apiKey=sk-secret&status=FAILED"))
                .hasMessageContaining("[apiKey, duration]").hasMessageContaining("takes [account, ")
                .hasMessageNotContaining("sk-secret");
        assertThatThrownBy(() -> context.getEndpoint("grokvideo:generate?status=FAILED&scheduler.x=1&duration=6"))
                .hasMessageContaining("[scheduler.x, status]").hasMessageContaining("from: grokvideo:completed");
        assertThatThrownBy(() -> send("grokvideo:render", "x")).hasMessageContaining("[generate, submit, await");
        assertThatThrownBy(() -> context.getEndpoint("grokvideo:generate").createConsumer(null))
                .hasMessageContaining("only grokvideo:completed");
        assertThatThrownBy(() -> context.getEndpoint("grokvideo:completed").createProducer())
                .hasMessageContaining("can only be used in from");
    }

    @Test
    void aDurableSubmitNeedsAnAccountThatIsKnownAfterARestart() throws Exception {
        JobStore durable = (JobStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> method.getName().equals("isDurable") ? true : null);
        FakeEngine withStore = new FakeEngine(directory) {
            @Override
            public JobStore store() {
                return durable;
            }
        };
        context.removeComponent("grokvideo");
        context.addComponent("grokvideo", new FakeComponent(withStore));

        assertThatThrownBy(() -> send("grokvideo:submit?apiKey=sk-2", "x")).hasMessageContaining("GrokVideoAccount bean");
        assertThat(send("grokvideo:submit", "x").getException()).isNull();
    }

    @Test
    void theServiceLocationShowsNoSecrets() {
        Endpoint endpoint = context.getEndpoint("grokvideo:generate?baseUrl=http://127.0.0.1:8080/v1&apiKey=sk-1");
        EndpointServiceLocation location = (EndpointServiceLocation) endpoint;

        assertThat(location.getServiceUrl()).isEqualTo("http://127.0.0.1:8080/v1");
        assertThat(location.getServiceProtocol()).isEqualTo("http");
        assertThat(location.getServiceMetadata()).isEqualTo(Map.of("provider", "xai"));
    }
}
