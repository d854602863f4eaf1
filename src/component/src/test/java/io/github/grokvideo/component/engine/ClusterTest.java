// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.Test;

/** Several engines on one store: what one leaves behind another takes over, and nothing is paid or delivered twice. */
class ClusterTest extends ClusterTestBase {

    @Test
    void aDetachedJobIsTimedByTheStoreAndOfferedOnce() {
        assertThat(submit(a, "job-1", null, true)).isCompleted();
        assertThat(cluster.due).containsKey("job-1");
        pass(30);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").delivery()).isEqualTo(new JobDelivery(JobDelivery.State.OFFERED, job("job-1").downloadedAt(), 0));
        pass(10);
        assertThat(cluster.due).isEmpty();
        List<VideoJob> claimed = claim(a);
        assertThat(claimed).extracting(VideoJob::id).containsExactly("job-1");
        assertThat(claim(a)).isEmpty();
        assertThat(claim(b)).isEmpty();

        HandedOutVideo video = a.engine.handOut("job-1");
        a.engine.completions().acknowledge("job-1");
        a.engine.settle(video, true);
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.ACKNOWLEDGED);
        assertThat(job("job-1").file()).doesNotExist();
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void aFileThatOnlyALivingNodeSeesIsLeftToIt() throws Exception {
        submit(a, "job-1", null, true);
        pass(30);
        Path elsewhere = Files.move(job("job-1").file(), directory.resolve("on another machine"));

        assertThat(claim(b)).isEmpty();
        Files.move(elsewhere, job("job-1").file());
        assertThat(claim(a)).hasSize(1);
    }

    @Test
    void aDetachedJobOfANodeThatHasEndedGoesOn() {
        submit(a, "job-1", null, true);
        a.kill();
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(claim(b)).extracting(VideoJob::id).containsExactly("job-1");
    }

    @Test
    void veryManyJobsOfANodeThatHasEndedAreNotPolledAllAtOnce() {
        cluster.gateway.polled = task -> TestGateway.status(202, "50");
        for (int i = 0; i < 600; i++) {
            submit(a, "job-" + i, null, false);
        }
        a.kill();
        Map<String, Instant> firstPolls = new HashMap<>();
        cluster.gateway.polled = task -> {
            firstPolls.putIfAbsent(task, cluster.timer.now());
            return TestGateway.status(202, "50");
        };
        pass(40);

        Instant begun = firstPolls.values().stream().min(Comparator.naturalOrder()).orElseThrow();
        assertThat(firstPolls.values()).hasSize(600).containsOnly(begun, begun.plusMillis(500))
                .filteredOn(begun::equals).hasSize(500);
    }

    @Test
    void aStatusQueryOfADetachedJobThatIsNotAnsweredKeepsNoOtherJobWaiting() {
        cluster.gateway.pollScript.add("hold");
        submit(a, "job-1", null, true);
        pass(10);
        submit(a, "job-2", null, true);
        cluster.gateway.polled = task -> TestGateway.status(200, "http://files.test/" + task + "?signature=s3cret");
        pass(10);
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        assertThat(job("job-2").state()).isEqualTo(JobState.DOWNLOADED);

        cluster.gateway.held.get(0).complete(TestGateway.status(202, "50"));
        pass(30);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void jobsOfAGatewayThatDoesNotAnswerAreLeftForLater() {
        int ioThreads = 4;
        int waitingAtOnce = 100;
        cluster.gateway.pollScript.addAll(Collections.nCopies(400, "hold"));
        for (int i = 0; i < 400; i++) {
            submit(a, "job-" + i, null, true);
        }
        pass(30);

        assertThat(cluster.gateway.held).hasSize(ioThreads);
        assertThat(cluster.due).as("the others are no steps in progress").hasSize(400 - ioThreads - waitingAtOnce);

        cluster.gateway.pollScript.clear();
        List.copyOf(cluster.gateway.held).forEach(call -> call.complete(TestGateway.status(202, "50")));
        pass(240);
        assertThat(IntStream.range(0, 400).mapToObj(i -> job("job-" + i).state())).containsOnly(JobState.DOWNLOADED);
    }

    @Test
    void aStatusQueryOfADetachedJobWithoutNewsReadsTheJobOnceAndWritesNothing() {
        cluster.gateway.polled = task -> TestGateway.status(202, "50");
        submit(a, "job-1", null, true);
        pass(60);
        List<String> questions = new ArrayList<>();
        long before = cluster.gateway.polls();
        cluster.store.after = questions::add;
        pass(60);

        long polls = cluster.gateway.polls() - before;
        assertThat(polls).isPositive();
        assertThat(questions.stream().filter(question -> !question.startsWith("list"))).hasSize((int) polls).containsOnly("find");

        cluster.store.after = question -> { };
        cluster.gateway.polled = task -> TestGateway.status(202, "60");
        pass(30);
        assertThat(job("job-1").polls()).as("counted with the next change").isGreaterThan((int) (before + polls));
    }

    @Test
    void aDownloadOfANodeThatHasEndedIsBegunAgainWithinHalfAMinute() {
        cluster.gateway.downloadScript.add("hold");
        submit(a, "job-1", null, true);
        pass(12);
        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        assertThat(job("job-1").node()).isEqualTo("a");
        a.kill();
        pass(30);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(claim(b)).hasSize(1);
    }

    @Test
    void aClaimOfANodeThatHasEndedIsOfferedAgainAndItsFileFetchedAgain() throws Exception {
        submit(a, "job-1", null, true);
        pass(30);
        assertThat(claim(a)).hasSize(1);
        a.kill();
        Files.delete(job("job-1").file());
        pass(30);

        assertThat(claim(b)).isEmpty();
        pass(10);
        List<VideoJob> claimed = claim(b);
        assertThat(claimed).hasSize(1);
        assertThat(claimed.get(0).delivery().count()).isEqualTo(2);
        assertThat(claimed.get(0).file()).startsWith(directory.resolve("b")).exists();
        assertThat(cluster.isEntered("a")).isFalse();
    }

    @Test
    void nodesWithTheSameWorkDirectoryHandOnEachOthersFiles() {
        TestCluster.Node shared = cluster.start("c", "a");
        submit(a, "job-1", null, true);
        pass(30);

        assertThat(claim(shared)).hasSize(1);
        assertThat(cluster.gateway.downloads).hasSize(1);
    }

    @Test
    void anAttachedJobThatIsOrphanedIsBroughtHereAndOfferedOnlyLater() {
        submit(a, "job-1", "key", false);
        await(a, "job-1");
        a.kill();
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(claim(b)).isEmpty();
        pass(24 * 3600);
        assertThat(claim(b)).extracting(VideoJob::id).containsExactly("job-1");
    }

    @Test
    void theMessageOfAnOrphanTakesItBack() {
        submit(a, "job-1", "key", false);
        a.kill();
        pass(60);
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.OFFERED);

        assertThat(submit(b, "job-2", "key", false)).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(await(b, "job-1")).isCompletedWithValueMatching(job -> job.file() != null);
        assertThat(job("job-1").delivery()).isEqualTo(JobDelivery.ATTACHED);
        b.engine.settle(b.engine.handOut("job-1"), true);
        pass(25 * 3600);
        assertThat(claim(b)).isEmpty();
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void theSameKeyOnTwoNodesIsOneSubmitAndBothGetTheVideo() {
        submit(a, "job-1", "key", false);
        CompletableFuture<VideoJob> first = await(a, "job-1");
        assertThat(submit(b, "job-2", "key", false)).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        CompletableFuture<VideoJob> second = await(b, "job-1");
        pass(30);

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void aWaiterOnAnotherMachineFetchesTheVideoAgain() throws Exception {
        submit(a, "job-1", "key", false);
        pass(30);
        Files.delete(job("job-1").file());
        submit(b, "job-2", "key", false);
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(5);

        assertThat(video).isCompletedWithValueMatching(job -> job.file().startsWith(directory.resolve("b")));
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void aSubmitOfANodeThatHasEndedIsUnknownOnlyWhenItsPostCannotBeOnItsWay() {
        cluster.gateway.submitScript.add("hold");
        submit(a, "job-1", "key", false);
        a.kill();
        CompletableFuture<VideoJob> again = submit(b, "job-2", "key", false);
        pass(105);
        assertThat(job("job-1").state()).isEqualTo(JobState.SUBMITTING);
        assertThat(again).isNotDone();
        pass(15);

        assertThat(error(again)).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(cluster.gateway.posts()).isEqualTo(1);
        // Never silent: offered where nobody was told.
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.OFFERED);
    }

    @Test
    void aDetachedSubmitInDoubtComesOutOfCompletedAtOnce() {
        cluster.gateway.submitScript.add("hold");
        submit(a, "job-1", null, true);
        a.kill();
        pass(120);

        assertThat(claim(b)).extracting(VideoJob::state).containsExactly(JobState.UNKNOWN);
        b.engine.completions().acknowledge("job-1");
        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(claim(b)).isEmpty();
    }

    @Test
    void aNodeWithoutAFreshHeartbeatSubmitsNothing() {
        cluster.away = true;
        pass(16);

        assertThat(error(submit(a, "job-1", null, true))).isEqualTo(ErrorType.STORE_UNAVAILABLE);
        assertThat(cluster.gateway.posts()).isZero();
        cluster.away = false;
        pass(10);
        assertThat(submit(a, "job-2", null, true)).isCompleted();
    }

    @Test
    void aNodeThatHasMuchToDoIsAlive() {
        a.busy = true;
        CompletableFuture<VideoJob> accepted = submit(a, "job-1", "key", false);
        pass(60);
        assertThat(accepted).isNotDone();
        assertThat(cluster.isEntered("a")).isTrue();
        a.catchUp();
        cluster.timer.runDue();

        assertThat(accepted).isCompletedWithValueMatching(job -> job.state() == JobState.ACCEPTED);
        pass(5);
        assertThat(job("job-1").node()).isEqualTo("a");
    }

    @Test
    void whoIsBusyTakesOverOnceItCan() {
        submit(a, "job-1", "key", false);
        a.kill();
        b.busy = true;
        pass(60);
        assertThat(job("job-1").node()).isEqualTo("a");

        b.catchUp();
        assertThat(job("job-1").node()).isNull();
        assertThat(cluster.isEntered("a")).isFalse();
    }

    @Test
    void afterTheStoreWasAwayNobodyTakesOverFromNodesThatLive() {
        submit(a, "job-1", "key", false);
        CompletableFuture<VideoJob> video = await(a, "job-1");
        cluster.away = true;
        pass(3);
        cluster.gateway.downloadScript.add("hold");
        pass(27);
        cluster.away = false;
        pass(4);

        assertThat(job("job-1").node()).isEqualTo("a");
        assertThat(job("job-1").delivery()).isEqualTo(JobDelivery.ATTACHED);
        cluster.gateway.finishDownload();
        assertThat(video).isCompleted();
    }

    @Test
    void aNodeThatStopsHandsOverAtOnce() {
        submit(a, "job-1", "key", false);
        CompletableFuture<VideoJob> waiting = await(a, "job-1");
        a.stop();
        assertThat(error(waiting)).isEqualTo(ErrorType.DETACHED);
        pass(5);

        CompletableFuture<VideoJob> again = submit(b, "job-2", "key", false);
        assertThat(again).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(30);
        assertThat(video).isCompleted();
        assertThat(cluster.gateway.posts()).isEqualTo(1);
        assertThat(cluster.isEntered("a")).isFalse();
    }

    @Test
    void whatWasNotSentIsGivenBack() {
        cluster.store.insert(VideoJob.create("job-1", "default", "test", cluster.timer.now(),
                job -> job.jobKey("key").node("a").request(VideoRequest.ofPrompt("a cat"))));
        a.kill();
        pass(30);

        assertThat(cluster.store.find("job-1")).isEmpty();
        assertThat(submit(b, "job-2", "key", false)).isCompletedWithValueMatching(job -> job.id().equals("job-2"));
    }

    @Test
    void aRefusedKeyIsSaidToWhoWaitsForADetachedJobAndToWhoAsks() {
        for (int i = 0; i < 3; i++) {
            cluster.gateway.pollScript.add(TestGateway.status(401));
        }
        submit(a, "job-1", null, true);
        CompletableFuture<VideoJob> video = await(a, "job-1");
        pass(5);

        assertThat(error(video)).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(error(a.engine.status(cluster.gateway.account(), "job-1"))).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(error(a.engine.operations().pollNow("job-1"))).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        pass(180);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void twoNodesThatFetchTheSameVideoIntoOneDirectoryDoNotShareAFile() throws Exception {
        Path theirs = Files.createDirectories(directory.resolve("theirs"));
        cluster.gateway.downloadScript.add("hold");
        a.engine.submit(VideoOrder.builder("job-1", cluster.gateway.account(), VideoRequest.ofPrompt("a cat")).directory(theirs)
                .waiter(this).labels(new OrderLabels("route", "tag", Map.of(), true, false)).build());
        pass(12);
        Path ofA = Files.writeString(cluster.gateway.downloads.get(0).partial(), "half");
        a.kill();
        pass(30);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(cluster.gateway.downloads.get(1).partial()).hasParentRaw(theirs).isNotEqualTo(ofA);
        // Nobody clears a directory of the user's.
        assertThat(theirs).isDirectoryContaining("glob:**/job-1.mp4");
        assertThat(ofA).doesNotExist();
    }

    @Test
    void aPageOfJobsIsToldItsNextPollsWithOneLook() {
        submit(a, "attached", null, false);
        for (int i = 0; i < 3; i++) {
            submit(a, "detached-" + i, null, true);
        }
        int looks = cluster.dueLooks;

        assertThat(a.engine.operations().nextPollsAt(List.of("attached", "detached-0", "detached-1", "nobody")))
                .containsOnlyKeys("attached", "detached-0", "detached-1").containsValue(cluster.timer.now().plusSeconds(5));
        assertThat(cluster.dueLooks).isEqualTo(looks + 1);
        assertThat(b.engine.operations().nextPollsAt(List.of("attached", "detached-2"))).containsOnlyKeys("detached-2");
        assertThat(b.engine.operations().nextPollAt("detached-2")).isPresent();
    }

    private void inHandsOfA(String id, String account, JobState state) {
        cluster.store.insert(VideoJob.create(id, account, "test", cluster.timer.now(), job -> job.state(state).node("a")
                .taskId(state == JobState.SUBMITTING ? null : id).acceptedAt(state == JobState.SUBMITTING ? null : cluster.timer.now())));
    }

    @Test
    void howeverMuchANodeHadInHandIsTakenOverInOneRound() {
        for (int i = 0; i < 1200; i++) {
            inHandsOfA("doubtful-" + i, i < 1100 ? "stranger" : "default", JobState.SUBMITTING);
        }
        for (int i = 0; i < 2500; i++) {
            inHandsOfA("job-" + i, "default", JobState.ACCEPTED);
        }
        a.kill();
        pass(25);
        assertThat(cluster.store.listOwnedBy("a", false, 9999)).isEmpty();
        assertThat(cluster.store.listOwnedBy("a", true, 9999)).hasSize(1200);
        pass(95);

        // What this node cannot look up is left to others.
        assertThat(cluster.store.listOwnedBy("a", true, 9999)).hasSize(1100).allMatch(job -> job.account().equals("stranger"));
        assertThat(cluster.store.list(job -> job.state() == JobState.UNKNOWN, 9999)).hasSize(100);
        assertThat(cluster.isEntered("a")).isTrue();
    }

    @Test
    void aTakeoverThatTheStoreInterruptsIsCompletedInTheNextRounds() {
        for (int i = 0; i < 1200; i++) {
            inHandsOfA("job-" + i, "default", JobState.ACCEPTED);
        }
        List<String> released = new ArrayList<>();
        b.engine.addListener((before, after) -> {
            if ("a".equals(before.node()) && after.node() == null) {
                released.add(after.id());
            }
        });
        a.kill();
        cluster.store.away = FlakyStore.only("update", 700);
        pass(20);
        assertThat(cluster.store.listOwnedBy("a", false, 9999)).hasSize(501);
        assertThat(cluster.isEntered("a")).isTrue();

        pass(5);
        assertThat(cluster.store.listOwnedBy("a", false, 9999)).isEmpty();
        assertThat(cluster.isEntered("a")).isFalse();
        // The batch that failed reported nothing.
        assertThat(released).doesNotHaveDuplicates().hasSize(500 + 501);
        pass(120);
        assertThat(cluster.store.list(job -> job.state() == JobState.DOWNLOADED, 9999)).hasSize(1200);
        assertThat(cluster.gateway.posts()).isZero();
    }

    @Test
    void anUnknownAccountIsLeftToOthers() {
        cluster.store.insert(VideoJob.create("job-1", "stranger", "test", cluster.timer.now(),
                job -> job.state(JobState.ACCEPTED).taskId("t").acceptedAt(cluster.timer.now()).delivery(JobDelivery.DETACHED)
                        .node("gone")));
        cluster.store.insert(VideoJob.create("job-2", "default", "another", cluster.timer.now(),
                job -> job.state(JobState.ACCEPTED).taskId("t").acceptedAt(cluster.timer.now()).delivery(JobDelivery.DETACHED)));
        cluster.time("job-1");
        cluster.time("job-2");
        pass(120);

        assertThat(cluster.gateway.polls()).isZero();
        assertThat(cluster.due).containsOnlyKeys("job-1", "job-2");
    }
}
