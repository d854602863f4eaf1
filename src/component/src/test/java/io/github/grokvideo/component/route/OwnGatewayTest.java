// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.SubmitRejectedException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A user's own gateway is a bean, whose code may do anything: {@code xai}'s, with some methods of the test's own. */
class OwnGatewayTest extends SimulatedGateway {

    private final Map<String, Supplier<Object>> own = new ConcurrentHashMap<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();

    private void route() throws Exception {
        VideoProvider xai = VideoProviders.named("xai").orElseThrow();
        context.getRegistry().bind("mine", VideoProvider.class, Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] { VideoProvider.class }, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() != Object.class) {
                        threads.add(Thread.currentThread().getName());
                    }
                    try {
                        return own.getOrDefault(method.getName(), () -> {
                            try {
                                return method.invoke(xai, arguments);
                            } catch (ReflectiveOperationException e) {
                                throw new IllegalStateException(e);
                            }
                        }).get();
                    } catch (IllegalStateException e) {
                        throw e.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : e;
                    }
                }));
        GrokVideoComponent component = component(context, provider());
        component.getConfiguration().setProvider("#mine");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate");
                from("direct:submit").to("grokvideo:submit");
            }
        });
    }

    private Exchange send(String endpoint) {
        return context.createFluentProducerTemplate().to(endpoint).withBody("a lighthouse").send();
    }

    @Test
    void itsCodeRunsOnThreadsThatEndWithTheContext() throws Exception {
        route();

        assertThat(send("direct:generate").getException()).isNull();
        assertThat(threads).isNotEmpty().allSatisfy(name -> assertThat(name).contains("GrokVideoProvider"));
        context.stop();
        Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("GrokVideoProvider")));
    }

    @Test
    void aCallThatItDoesNotMakeEndsTheExchangeUncharged() throws Exception {
        own.put("submit", () -> null);
        route();

        for (String endpoint : List.of("direct:generate", "direct:submit")) {
            Exchange failed = send(endpoint);
            assertThat(failed.getException()).isInstanceOf(SubmitRejectedException.class).hasMessageContaining("submit() returned null");
            assertThat(((GrokVideoException) failed.getException()).getCharged()).isEqualTo(Charged.NO);
        }
        assertThat(posts()).isZero();
    }

    @Test
    void anAnswerThatItCannotReadLeavesThePaidJobsIdInTheError() throws Exception {
        own.put("submitted", () -> {
            throw new StackOverflowError();
        });
        route();

        Exchange failed = send("direct:generate");
        assertThat(failed.getException()).isInstanceOf(SubmitUnknownException.class)
                .hasMessageContaining(simulator.jobs().get(0).id()).hasMessageNotContaining("lighthouse");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aNameItDoesNotHaveKeepsItsRouteFromStarting() {
        own.put("name", () -> null);

        assertThatThrownBy(this::route).rootCause().hasMessageContaining("name() returned null");
    }
}
