// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The jobs, for operators over JMX: simple types and JSON only. There is one per context. Operations block, and throw
 * IllegalArgumentException or IllegalStateException with a plain message.
 */
@ManagedResource(description = "Grok Imagine video jobs: inspect them, and act on those that need an operator")
public final class VideoJobs extends ServiceSupport implements StaticService {

    private final VideoEngine engine;
    private final NodeView node;
    private final JobView json;
    private final Clock clock;

    VideoJobs(VideoEngine engine, NodeView node, Clock clock) {
        this.engine = engine;
        this.node = node;
        this.json = new JobView(engine, node.showPrompts());
        this.clock = clock;
    }

    @ManagedAttribute(description = "Open jobs that this node follows")
    public int getWaiting() {
        return node.jobsInHand().size();
    }

    @ManagedAttribute(description = "Whether jobs outlive this JVM")
    public boolean isDurable() {
        return engine.store().isDurable();
    }

    @ManagedAttribute(description = "The gateway that the component's own options name; empty if none")
    public String getProvider() {
        return node.provider() == null ? "" : node.provider();
    }

    @ManagedAttribute(description = "The gateways that jobs can use, separated by commas: the built-in ones, and others in use")
    public String getProviders() {
        return Stream.concat(VideoProviders.names().stream(), node.accountsByName().stream().map(account -> account.provider().name()))
                .distinct().collect(Collectors.joining(","));
    }

    @ManagedAttribute(description = "Whether the job store answers, as of the last 10 seconds")
    public boolean isStoreReachable() {
        return node.storeProbe().ask().isReachable();
    }

    @ManagedAttribute(description = "This node: its id among those that share the job store, or else the host")
    public String getNode() {
        return node.name();
    }

    @ManagedAttribute(description = "Whether prompts are shown (component option showPrompts)")
    public boolean isShowPrompts() {
        return node.showPrompts();
    }

    @ManagedOperation(description = "A page of jobs as JSON. 1 state: empty = all, or states separated by commas, for example"
            + " RUNNING,UNKNOWN. 2 provider: empty = all. 3 text: part of the id, jobKey, task id, tag or model; empty = all."
            + " 4 sort: created, ended, state or provider. 5 descending: the largest first. 6 offset: jobs to leave out. 7 limit: 1 to 500")
    public String jobs(String state, String provider, String text, String sort, boolean descending, int offset, int limit) {
        return JmxCall.plainly(() -> {
            JobPage page = engine.operations().page(new JobQuery(
                    states(state), Set.of(), provider, null, null, text, sort(sort), descending, offset, limit));
            ObjectNode answer = JobView.JSON.createObjectNode().put("total", page.total()).put("offset", offset);
            answer.set("jobs", json.page(page.jobs()));
            return JobView.write(answer);
        });
    }

    @ManagedOperation(description = "A mark that differs when a job was added or changed, on whichever node; empty = the job store cannot"
            + " tell")
    public String changes() {
        return JmxCall.plainly(() -> engine.store().changeMark().orElse(""));
    }

    @ManagedOperation(description = "Those of the rows of a page that have changed, as JSON: jobs, and the ids of jobs that are gone."
            + " 1 known: JSON of ids and the versions that they were shown with, 500 at most")
    public String changed(String known) {
        return JmxCall.plainly(() -> JobView.write(changedRows(knownRows(known))));
    }

    @ManagedOperation(description = "How many jobs were created after one; -1 = that one is gone. 1 state, 2 provider, 3 text: as in jobs."
            + " 4 after: id of the job, empty = count all")
    public long newer(String state, String provider, String text, String after) {
        return JmxCall.plainly(() -> {
            JobQuery query = new JobQuery(states(state), Set.of(), provider, null, null, text, JobQuery.Sort.CREATED, false, 0, 1, after);
            return query.after() != null && engine.find(query.after()).isEmpty() ? -1 : engine.store().count(query);
        });
    }

    @ManagedOperation(description = "One job as JSON, with its request, timeline and the actions possible now. 1 id: of the job")
    public String job(String id) {
        return JmxCall.plainly(() -> whole(engine.find(id)
                .orElseThrow(() -> new IllegalArgumentException("No job '" + id + "' is in the store"))));
    }

    @ManagedOperation(description = "Activity of this node as JSON, in buckets of 5 minutes. 1 hours: how far back, 1 to 24")
    public String history(int hours) {
        return JmxCall.plainly(() -> JobView.write(JobView.history(node.history().last(hours, clock.instant()))));
    }

    @ManagedOperation(description = "Asks the gateway about an ACCEPTED or RUNNING job now; free of charge. 1 id: of the job")
    public String pollNow(String id) {
        return action(id, operations -> operations.pollNow(id));
    }

    @ManagedOperation(description = "Detaches this node's exchanges from a job: they fail with the resumable DetachedException, and the"
            + " job continues. 1 id: of the job")
    public String stopWaiting(String id) {
        return action(id, operations -> done(operations.stopWaiting(id)));
    }

    @ManagedOperation(description = "Offers an ended job to grokvideo:completed again; its video is fetched again if it is not kept."
            + " 1 id: of the job")
    public String redeliver(String id) {
        return action(id, operations -> done(operations.redeliver(id)));
    }

    @ManagedOperation(description = "Links an UNKNOWN job to its task at the gateway; costs nothing more. 1 id: of the job."
            + " 2 taskId: as the gateway's own list of jobs shows it")
    public String adopt(String id, String taskId) {
        return action(id, operations -> done(operations.adopt(id, taskId)));
    }

    @ManagedOperation(description = "Submits an UNKNOWN job again. COSTS, and pays twice if the first submit did create a video."
            + " 1 id: of the job")
    public String resubmit(String id) {
        return action(id, operations -> operations.resubmit(id));
    }

    @ManagedOperation(description = "Gives an UNKNOWN job up: it counts as FAILED. 1 id: of the job")
    public String abandon(String id) {
        return action(id, operations -> done(operations.abandon(id)));
    }

    @ManagedOperation(description = "Stops a job that is not done: one that waits to be sent is CANCELLED at once, else the gateway is"
            + " asked to stop it, and it is CANCELLED once the gateway says so. Fails if the gateway has no way to. 1 id: of the job")
    public String cancel(String id) {
        return action(id, operations -> operations.cancel(id));
    }

    @ManagedOperation(description = "Changes the priority of a job that waits on this node to be sent, among those of the same account and"
            + " tag. 1 id: of the job. 2 priority: from -9 to 9, higher ones are sent first, 0 is the default")
    public String prioritize(String id, int priority) {
        return action(id, operations -> done(operations.prioritize(id, priority)));
    }

    @ManagedOperation(description = "Creates a new job from the request of a FAILED, MODERATED, EXPIRED or CANCELLED one, and"
            + " returns the new job. COSTS. 1 id: of the old job")
    public String retry(String id) {
        return action(id, operations -> operations.retry(id));
    }

    @ManagedOperation(description = "Deletes ended jobs that nothing waits for, with their jobKeys. Returns how many."
            + " 1 endedBeforeHours: how many hours ago they must have ended, 0 or more")
    public int purge(int endedBeforeHours) {
        if (endedBeforeHours < 0) {
            throw new IllegalArgumentException("endedBeforeHours must be 0 or more: " + endedBeforeHours);
        }
        return JmxCall.plainly(() -> engine.operations().purge(Duration.ofHours(endedBeforeHours)));
    }

    private interface Action {
        CompletableFuture<VideoJob> begin(JobOperations operations);
    }

    private static CompletableFuture<VideoJob> done(VideoJob job) {
        return CompletableFuture.completedFuture(job);
    }

    private String action(String id, Action action) {
        return JmxCall.plainly(() -> whole(JmxCall.await("Job " + id, action.begin(engine.operations()))));
    }

    private String whole(VideoJob job) {
        return JobView.write(json.whole(job));
    }

    NodeView node() {
        return node;
    }

    private ObjectNode changedRows(Map<String, String> known) {
        List<VideoJob> jobs = engine.store().findAll(known.keySet());
        ObjectNode answer = JobView.JSON.createObjectNode();
        ArrayNode changed = answer.putArray("jobs");
        for (JsonNode row : json.page(jobs)) {
            if (!row.get("version").asText().equals(known.get(row.get("id").asText()))) {
                changed.add(row);
            }
        }
        Set<String> found = jobs.stream().map(VideoJob::id).collect(Collectors.toSet());
        ArrayNode gone = answer.putArray("gone");
        known.keySet().stream().filter(id -> !found.contains(id)).forEach(gone::add);
        return answer;
    }

    private static Map<String, String> knownRows(String text) {
        try {
            Map<String, String> rows = JobView.JSON.readValue(text, new TypeReference<>() { });
            if (rows == null || rows.size() > JobQuery.MAX || rows.containsValue(null)) {
                throw new IllegalArgumentException("known must be JSON of at most " + JobQuery.MAX + " ids and their versions");
            }
            return rows;
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException("known must be JSON of ids and versions such as {\"job-1\":\"5a0c\"}");
        }
    }

    private static Set<JobState> states(String text) {
        Set<JobState> states = new HashSet<>();
        if (text != null && !text.isBlank()) {
            for (String name : text.split(",")) {
                states.add(named(JobState.class, "state", name));
            }
        }
        return states;
    }

    private static JobQuery.Sort sort(String text) {
        return text == null || text.isBlank() ? JobQuery.Sort.CREATED : named(JobQuery.Sort.class, "sort", text);
    }

    private static <E extends Enum<E>> E named(Class<E> type, String what, String name) {
        return Arrays.stream(type.getEnumConstants()).filter(value -> value.name().equalsIgnoreCase(name.strip())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " '" + name.strip() + "' is not one of "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }
}
