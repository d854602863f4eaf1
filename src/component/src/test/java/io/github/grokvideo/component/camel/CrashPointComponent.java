// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.camel.wiring.EngineFactory;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.StoreNodes;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.VideoTransport;

/** The component as it is, with a point before and after all that its engine changes outside the JVM. */
final class CrashPointComponent extends GrokVideoComponent {

    /** Whatever else a store can do is a write: one that is added later is a point without a change here. */
    private static final Set<String> READS = Set.of("find", "findAll", "findByKey", "findByTask", "list", "listOpen", "listEnded",
            "listUndelivered", "listOffered", "listOwnedBy", "countOpen", "page", "ledger", "isDurable", "close", "clock", "dueAt",
            "toString", "hashCode", "equals");

    private final Set<String> jobs = ConcurrentHashMap.newKeySet();
    private final CrashPoints points;

    CrashPointComponent(CrashPoints points) {
        this.points = points;
    }

    @Override
    protected VideoEngine createEngine() {
        return noticed(new EngineFactory(getCamelContext(), this, this::storedAccount, List::of) {
            @Override
            protected Outside outside(Outside real) {
                EngineCluster others = real.others();
                return new Outside(store(real.store()), new EngineCluster(
                        others.node(), others.holder(), recorded("nodes", StoreNodes.class, others.nodes()), due(others.due()),
                        others.accounts(), others.beats(), others.alone()),
                        transport(real.transport()), order -> around("http download", () -> real.downloader().download(order)));
            }
        }.createEngine());
    }

    private VideoEngine noticed(VideoEngine real) {
        return proxy(VideoEngine.class, (method, arguments) -> {
            if (!method.getName().equals("notice")) {
                return invoke(method, real, arguments);
            }
            points.at("before notice");
            // The gateway gets its answer after the point.
            return ((CompletableFuture<?>) invoke(method, real, arguments)).whenComplete((result, failure) -> points.at("after notice"));
        });
    }

    private VideoTransport transport(VideoTransport real) {
        return new VideoTransport() {
            @Override
            public CompletableFuture<HttpAnswer> call(GatewayAccess access, HttpCall call, Duration timeout) {
                return around("http " + kind(call), () -> real.call(access, call, timeout));
            }

            @Override
            public CompletableFuture<HttpAnswer> send(GatewayAccess access, URI place, HttpCall call, Duration timeout) {
                return around("http place", () -> real.send(access, place, call, timeout));
            }
        };
    }

    private String kind(HttpCall call) {
        return switch (call.method()) {
            case "GET" -> jobs.contains(call.path().substring(call.path().lastIndexOf('/') + 1)) ? "lookup"
                    : call.path().matches(".*/requests/[^/]+") ? "result" : "poll";
            case "PUT" -> "cancel";
            case "DELETE" -> "delete";
            default -> call.path().equals("/files") ? "upload" : "submit";
        };
    }

    private <T> CompletableFuture<T> around(String what, Supplier<CompletableFuture<T>> call) {
        points.at("before " + what);
        // The engine sees the answer after the point.
        return call.get().whenComplete((answer, failure) -> points.at("after " + what));
    }

    private JobStore store(JobStore real) {
        JobStore recorded = recorded("store", JobStore.class, real);
        return proxy(JobStore.class, (method, arguments) -> switch (method.getName()) {
            case "insert" -> {
                jobs.add(((VideoJob) arguments[0]).id());
                yield invoke(method, recorded, arguments);
            }
            case "update" -> update(real, (String) arguments[0], change(arguments[1]),
                    arguments.length > 2 ? (Budgets) arguments[2] : Budgets.NONE);
            default -> invoke(method, recorded, arguments);
        });
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<VideoJob> change(Object argument) {
        return (UnaryOperator<VideoJob>) argument;
    }

    /** The write is between the change and its return; a change that changes nothing is none. */
    private Optional<JobUpdate> update(JobStore real, String jobId, UnaryOperator<VideoJob> change, Budgets budgets) {
        Optional<JobUpdate> update = real.update(jobId, job -> {
            VideoJob next = change.apply(job);
            if (next != job) {
                points.at("before " + write(job, next));
            }
            return next;
        }, budgets);
        update.filter(JobUpdate::isApplied).ifPresent(applied -> points.at("after " + write(applied.before(), applied.after())));
        return update;
    }

    private static String write(VideoJob before, VideoJob after) {
        return "store update " + stands(before) + " > " + stands(after);
    }

    private static String stands(VideoJob job) {
        return job.state() + "/" + job.delivery().state();
    }

    private DueJobs due(DueJobs real) {
        DueJobs recorded = recorded("due", DueJobs.class, real);
        return proxy(DueJobs.class, (method, arguments) -> {
            if (method.getName().equals("start")) {
                DueJobs.Steps steps = (DueJobs.Steps) arguments[0];
                real.start(jobIds -> {
                    points.at("before due step");
                    Map<String, CompletableFuture<Optional<Instant>>> ends = new HashMap<>();
                    // The scheduler notes it after the point.
                    steps.begin(jobIds).forEach((jobId, end) -> ends.put(jobId, end.whenComplete((next, failed) ->
                            points.at("after due step"))));
                    return ends;
                });
                return null;
            }
            return invoke(method, recorded, arguments);
        });
    }

    private <T> T recorded(String name, Class<T> type, T real) {
        return proxy(type, (method, arguments) -> {
            if (READS.contains(method.getName())) {
                return invoke(method, real, arguments);
            }
            points.at("before " + name + " " + method.getName());
            Object result = invoke(method, real, arguments);
            points.at("after " + name + " " + method.getName());
            return result;
        });
    }

    private interface Call {
        Object run(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> call.run(method, arguments)));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
