// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.FileExist;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.ResolvedRequest;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Lets people make videos, for consoles over JMX: simple types and JSON only. Only accounts that allow it pay (option
 * {@code consoleSubmit}). Operations block, and throw IllegalArgumentException or IllegalStateException with a plain message.
 */
@ManagedResource(description = "Makes Grok Imagine videos for people, where an account allows it (option consoleSubmit)")
public final class VideoSubmit extends ServiceSupport implements StaticService {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** The page checks while a person types, and soon asks again. */
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(10);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'video-'yyyyMMdd-HHmmss'.mp4'").withZone(ZoneOffset.UTC);

    private final VideoEngine engine;
    private final SubmitAccounts accounts;
    private final boolean showPrompts;
    private final Clock clock;
    private final Uploads uploads;
    private final FormSubmit submits;

    /** @param showPrompts whether consoles show prompts of earlier jobs */
    public VideoSubmit(VideoEngine engine, SubmitAccounts accounts, boolean showPrompts, Clock clock) {
        this.engine = engine;
        this.accounts = accounts;
        this.showPrompts = showPrompts;
        this.clock = clock;
        this.uploads = new Uploads(accounts.uploads(), clock);
        this.submits = new FormSubmit(engine);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        uploads.clear();
    }

    @ManagedOperation(description = "The accounts that allow it, as JSON: name, provider, default model, whether videos stay in a"
            + " directory, and the fields and values that each model accepts in each mode")
    public String offers() {
        // Each form begins here: a process that nobody uploads to deletes old images as well.
        uploads.clear();
        return JmxCall.plainly(() -> SubmitView.write(Map.of("accounts", accounts.all().stream().map(SubmitView::offer).toList())));
    }

    @ManagedOperation(description = "What another request starts from, as JSON. 1 id: of the job whose request it is")
    public String again(String id) {
        return JmxCall.plainly(() -> {
            requireAccounts();
            VideoJob job = job(id);
            return SubmitView.write(SubmitView.again(job, new EarlierRequest(job, showPrompts), engine.operations().isRepeatable(job)));
        });
    }

    @ManagedOperation(description = "Checks a request without sending anything, and returns JSON: violations, warnings, model, mode,"
            + " estimate, budgets. 1 form: JSON with account, fields, images, again, keep, fileName")
    public String validate(String form) {
        return JmxCall.plainly(() -> {
            FilledForm filled = filled(form, null);
            ResolvedRequest resolved = JmxCall.await("The check", engine.validate(filled.order()), CHECK_PATIENCE, () -> {
                throw new IllegalStateException("The check has not finished after " + CHECK_PATIENCE.toSeconds() + " s");
            });
            return SubmitView.write(SubmitView.checked(filled.with(resolved),
                    engine.spending().uses(filled.order().account().name(), SubmitAccounts.TAG), filled.hidden()));
        });
    }

    @ManagedOperation(description = "Makes a video. COSTS. Returns JSON: job, the id of the job; or violations or refused, why nothing was"
            + " made; or already, the id of the job that this key has made from something else. After a failure it is not known whether the"
            + " video was made: send it again with the same key. 1 form: as for validate. 2 key: a UUID, one for each form: the same key"
            + " never makes a second job")
    public String submit(String form, String key) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("The form has no key: load the page again");
        }
        return JmxCall.plainly(() -> {
            FilledForm filled;
            try {
                filled = filled(form, key);
            } catch (IllegalArgumentException e) {
                return SubmitView.write(SubmitView.refused(e.getMessage()));
            }
            if (!filled.violations().isEmpty()) {
                return SubmitView.write(SubmitView.refused(filled.violations(), filled.hidden()));
            }
            try {
                VideoOrder order = filled.order();
                return SubmitView.write(submits.submit(order, filled.job(), uploads.hold(order.request())));
            } catch (InvalidRequestException e) {
                return SubmitView.write(SubmitView.refused(e.getViolations(), filled.hidden()));
            }
        });
    }

    @ManagedOperation(description = "Keeps an image for a form for a day, and returns its id."
            + " 1 image: JPEG, PNG, WebP or GIF, at most 20 MiB")
    public String upload(byte[] image) {
        requireAccounts();
        return uploads.add(image);
    }

    @ManagedOperation(description = "The path of an image that was uploaded for a form. 1 file: its name, as requests of jobs have it")
    public String image(String file) {
        return uploads.path(file).toString();
    }

    private void requireAccounts() {
        if (accounts.all().isEmpty()) {
            throw new IllegalStateException("No account lets the console make videos (option consoleSubmit)");
        }
    }

    private VideoJob job(String id) {
        return engine.find(id).orElseThrow(() -> new IllegalArgumentException("No job '" + id + "' is in the store"));
    }

    /** @param key null = to be checked only */
    private FilledForm filled(String json, String key) {
        SubmitForm form = SubmitForm.read(json);
        SubmitAccount account = accounts.all().stream().filter(one -> one.name().equals(form.account())).findFirst().orElseThrow(
                () -> new IllegalArgumentException("The account '" + form.account()
                        + "' does not let the console make videos (option consoleSubmit)"));
        VideoJob job = form.again() == null ? null : job(form.again());
        EarlierRequest earlier = job == null ? null : new EarlierRequest(job, showPrompts);
        List<Violation> violations = new ArrayList<>();
        VideoRequest request = request(FormRequest.fields(form, earlier, uploads, violations), violations);
        VideoName name = account.directory() == null ? null : name(form.fileName(), violations);
        String jobId = key == null ? UUID.randomUUID().toString() : FormSubmit.jobId(key);
        return new FilledForm(form, job, accounts.order(jobId, account, request, key, name, this), violations);
    }

    /** What cannot be read is left out, so that all else is checked as well. */
    private VideoRequest request(Map<String, Object> fields, List<Violation> violations) {
        try {
            return accounts.request(fields);
        } catch (InvalidRequestException e) {
            violations.addAll(e.getViolations());
            Map<String, Object> readable = new LinkedHashMap<>(fields);
            e.getViolations().forEach(violation -> readable.remove(violation.field()));
            return accounts.request(readable);
        }
    }

    private VideoName name(String wanted, List<Violation> violations) {
        VideoName made = VideoName.of(NAME.format(clock.instant()), FileExist.Rename);
        if (wanted == null || wanted.isBlank()) {
            return made;
        }
        try {
            return VideoName.of(wanted.strip(), FileExist.Rename);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("fileName", null, "must be " + e.getMessage()));
            return made;
        }
    }
}
