// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.springboot;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.camel.batch.DroppedFiles;
import io.github.grokvideo.component.camel.batch.PromptRow;
import io.github.grokvideo.component.camel.batch.PromptTable;
import io.github.grokvideo.component.camel.beans.JsonRequest;
import io.github.grokvideo.component.camel.beans.OpenAiAnswer;
import io.github.grokvideo.component.camel.beans.OpenAiErrors;
import io.github.grokvideo.component.camel.beans.OpenAiRequest;
import io.github.grokvideo.component.camel.beans.OutcomeReport;
import io.github.grokvideo.component.camel.beans.PreferWait;
import io.github.grokvideo.component.camel.beans.ProblemDetails;
import io.github.grokvideo.component.camel.beans.S3Object;
import io.github.grokvideo.component.camel.beans.SpendTable;
import io.github.grokvideo.component.camel.beans.VideoContent;
import io.github.grokvideo.component.camel.beans.VideoPoster;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * What a native image must keep of the component: files that it reads from its jar, classes that Camel and {@link java.util.ServiceLoader}
 * create by their names, beans of routes, and the stored form of a job.
 */
final class GrokVideoRuntimeHints implements RuntimeHintsRegistrar {

    private static final String ROOT = "io.github.grokvideo.component.";

    private static final List<String> FILES = List.of("db/grokvideo/*.sql", "kamelets/grok-video-*.kamelet.yaml",
            "META-INF/services/org/apache/camel/*/grokvideo*", "META-INF/services/org/apache/camel/TypeConverterLoader",
            "META-INF/services/org/apache/camel/*.properties", "META-INF/services/" + ROOT + "provider.VideoProvider",
            "META-INF/services/org.apache.camel.telemetry.SpanDecorator", "META-INF/io/github/grokvideo/component/camel/grokvideo.json");

    private static final List<String> CREATED_BY_NAME = List.of("camel.GrokVideoComponentConfigurer", "camel.GrokVideoEndpointConfigurer",
            "camel.GrokVideoEndpointUriFactory", "camel.VideoRequestConverterLoader", "camel.observe.GrokVideoConsole");

    private static final List<Class<?>> BEANS = List.of(GrokVideoComponent.class, GrokVideoAccount.class, JsonRequest.class,
            OutcomeReport.class, ProblemDetails.class, S3Object.class, SpendTable.class, VideoContent.class, VideoPoster.class,
            PreferWait.class, OpenAiRequest.class, OpenAiAnswer.class, OpenAiErrors.class, PromptTable.class, PromptRow.class,
            DroppedFiles.class);

    /** Camel's JMX agent calls them. */
    private static final List<String> MANAGED = List.of("camel.observe.VideoJobs", "camel.observe.VideoJobStore",
            "camel.observe.VideoJobEngine", "camel.observe.VideoProblems", "camel.observe.VideoSpending",
            "camel.observe.submit.VideoSubmit");

    /** The component asks for these by name, to see what a program has. */
    private static final List<String> OPTIONAL = List.of("io.micrometer.core.instrument.MeterRegistry", "io.opentelemetry.api.trace.Span",
            "com.github.kagkarlsson.scheduler.Scheduler", "org.h2.Driver");

    @Override
    public void registerHints(RuntimeHints hints, ClassLoader loader) {
        FILES.forEach(hints.resources()::registerPattern);
        for (String name : CREATED_BY_NAME) {
            hints.reflection().registerType(TypeReference.of(ROOT + name), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
        }
        for (VideoProvider provider : VideoProviders.all()) {
            hints.reflection().registerType(provider.getClass(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
        }
        hints.reflection().registerType(TypeReference.of(ROOT + "camel.observe.trace.GrokVideoSpanDecorator"), decorator -> decorator
                .onReachableType(TypeReference.of("org.apache.camel.telemetry.SpanDecorator"))
                .withMembers(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
        for (Class<?> bean : BEANS) {
            hints.reflection().registerType(bean, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (String managed : MANAGED) {
            hints.reflection().registerType(TypeReference.of(ROOT + managed), MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (String name : OPTIONAL) {
            hints.reflection().registerTypeIfPresent(loader, name);
        }
        // Jackson reads and writes the fields of a job, as these mix-ins tell it.
        BindingReflectionHintsRegistrar json = new BindingReflectionHintsRegistrar();
        json.registerReflectionHints(hints.reflection(), JobFields.class,
                ClassUtils.resolveClassName(ROOT + "store.jdbc.JobJson$ExactCost", loader),
                ClassUtils.resolveClassName(ROOT + "store.jdbc.JobJson$StoredDetails", loader),
                ClassUtils.resolveClassName(ROOT + "store.jdbc.JobJson$StoredFields", loader));
        json.registerReflectionHints(hints.reflection(), Arrays.stream(JobFields.class.getDeclaredFields()).map(Field::getType)
                .filter(type -> type.getName().startsWith(ROOT)).distinct().toArray(Type[]::new));
    }
}
