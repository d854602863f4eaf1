// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import io.github.grokvideo.component.provider.VideoProvider;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/**
 * What the component relies on in a gateway, as tests. Extend it and give it your provider and its case files:
 *
 * <pre>{@code
 * class MyGatewayTest extends VideoProviderContract {
 *
 *     @Override
 *     protected VideoProvider provider() {
 *         return new MyGateway();
 *     }
 *
 *     @Override
 *     protected GatewayCases cases() {
 *         return GatewayCases.classPath("gateways/mine");
 *     }
 * }
 * }</pre>
 *
 * <p>The tests are the same in each run, need no network and take a few seconds. No method of a subclass may return null.
 */
public abstract class VideoProviderContract {

    /**
     * The HTTP statuses that prove that a submit created nothing. Any other may be sent by a relay after a job was created, for example
     * 408, 409, 499, and 5xx other than 501.
     */
    public static final Set<Integer> STATUSES_WITHOUT_JOB = Set.of(
            301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 407, 410, 411, 413, 414, 415, 421, 422, 426, 429, 431, 451, 501);

    private static final List<CaseKind> WITH_ANSWERS = List.of(
            CaseKind.SUBMITS, CaseKind.POLLS, CaseKind.CANCELS, CaseKind.UPLOADS, CaseKind.BALANCES, CaseKind.LOOKUPS);

    /** For subclasses. */
    protected VideoProviderContract() {
    }

    /** {@return the provider under test; called once per group of tests} */
    protected abstract VideoProvider provider();

    /** {@return the place of its case files, of which {@code requests}, {@code submits} and {@code polls} are required} */
    protected abstract GatewayCases cases();

    /**
     * The models whose requests are tried.
     *
     * @return by default the default model, those of the cases with requests, and one that the provider does not know; at least one
     */
    protected Collection<String> models() {
        Set<String> models = new LinkedHashSet<>();
        if (provider().defaultModel() != null) {
            models.add(provider().defaultModel());
        }
        cases().of(CaseKind.REQUESTS).stream().map(one -> one.get("request").path("model").asText(null)).filter(Objects::nonNull)
                .forEach(models::add);
        models.add("newer");
        return models;
    }

    /**
     * Whether the gateway gets what a request asks for. Override it for fields that the gateway spells in another way, or does not need.
     *
     * @param  field a field of the request, by the name that users write
     * @param  value as text; of a list each element
     * @param  sent  all that is sent: the segments and parameters of the path, the values of headers, the leaves of the body
     * @return       by default whether the value is among them
     */
    protected boolean isSent(String field, String value, List<String> sent) {
        return sent.contains(value);
    }

    /** {@return the HTTP statuses that prove that a submit created nothing; by default {@link #STATUSES_WITHOUT_JOB}} */
    protected Set<Integer> statusesWithoutJob() {
        return STATUSES_WITHOUT_JOB;
    }

    /** {@return further bodies of answers, such as recorded ones, that are read as untrusted answers; by default none} */
    protected Collection<String> moreBodies() {
        return List.of();
    }

    /** {@return the case files: each case a test} */
    @TestFactory
    protected final Stream<DynamicNode> caseFiles() {
        RequestCases requests = new RequestCases(provider());
        AnswerCases answers = new AnswerCases(new Reading(provider()));
        return Stream.of(
                file(CaseKind.REQUESTS, requests::request), file(CaseKind.VIOLATIONS, requests::violation),
                file(CaseKind.ESTIMATES, requests::estimate), file(CaseKind.FORMS, requests::forms),
                file(CaseKind.SUBMITS, answers::submit), file(CaseKind.POLLS, answers::poll), file(CaseKind.CANCELS, answers::cancel),
                file(CaseKind.UPLOAD_CALLS, requests::uploadCall), file(CaseKind.UPLOADS, answers::upload),
                file(CaseKind.BALANCES, answers::balance), file(CaseKind.LOOKUPS, answers::lookup));
    }

    private DynamicNode file(CaseKind kind, Consumer<Case> check) {
        List<Case> all = cases().of(kind);
        if (all.isEmpty() && kind.isRequired()) {
            return dynamicTest(kind.title(), () -> {
                throw new AssertionFailedError("add cases in " + cases() + "/" + kind.file());
            });
        }
        return dynamicContainer(kind.title(), all.stream().map(one -> dynamicTest(one.name(), () -> {
            one.mustBeReadable();
            check.accept(one);
        })));
    }

    /** {@return name, limits, address, key and the paths of calls} */
    @TestFactory
    protected final Stream<DynamicTest> settings() {
        ProviderSettings settings = new ProviderSettings(provider());
        return Stream.of(
                dynamicTest("a name", settings::name),
                dynamicTest("limits", settings::limits),
                dynamicTest("an address and a place for the key", settings::addressAndKey),
                dynamicTest("the default model", settings::defaultModel),
                dynamicTest("ids are encoded in paths", settings::calls));
    }

    /** {@return no answer makes a method throw or return null, creates a job that is not there, or ends one that may be} */
    @TestFactory
    protected final Stream<DynamicTest> untrustedAnswers() {
        UntrustedAnswers answers = new UntrustedAnswers(new Reading(provider()), statusesWithoutJob());
        List<String> bodies = new ArrayList<>(moreBodies());
        WITH_ANSWERS.forEach(kind -> cases().of(kind).forEach(one -> bodies.add(one.answer().body())));
        HostileAnswers hostile = new HostileAnswers(bodies);
        return Stream.of(
                dynamicTest("anything at any status", () -> hostile.atAnyStatus(answers::read)),
                dynamicTest("cut off or garbled", () -> hostile.cutOffOrGarbled(answers::read)),
                dynamicTest("JSON that nobody would send", () -> hostile.thatNobodyWouldSend(answers::read)),
                dynamicTest("only some statuses prove that no job was created", answers::submits),
                dynamicTest("only answers about the job end it", answers::otherCalls));
    }

    /** {@return each field of a request is sent, or named by a violation} */
    @TestFactory
    protected final Stream<DynamicTest> nothingIsDropped() {
        SentFields sent = new SentFields(provider(), this::isSent);
        RandomRequests requests = requests();
        return Stream.concat(
                Stream.of(dynamicTest("random requests", () -> sent.ofRandomRequests(requests))),
                cases().of(CaseKind.REQUESTS).stream().map(one -> dynamicTest("one field more: " + one.name(),
                        () -> sent.ofCase(one, requests))));
    }

    private RandomRequests requests() {
        return new RandomRequests(List.copyOf(models()));
    }

    /** {@return no key and no signed URL is shown, whether a gateway or a user has put it there} */
    @TestFactory
    protected final Stream<DynamicTest> secrets() {
        LeakedSecrets leaks = new LeakedSecrets(new Reading(provider()));
        return Stream.of(
                dynamicTest("in answers", () -> WITH_ANSWERS.forEach(
                        kind -> cases().of(kind).forEach(one -> leaks.answer(one.answer())))),
                dynamicTest("in requests", () -> leaks.requests(requests())));
    }
}
